using System.Diagnostics;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Calibrating;

/// <summary>Measures passes of many shapes, from small to large, with all lanes busy: that is how costs are defined.</summary>
/// <param name="encoder">What runs them.</param>
/// <param name="tokenizer">Makes the pairs.</param>
/// <param name="lanes">Callers side by side.</param>
/// <param name="limit">How long it may take, about.</param>
/// <param name="time">Of the measurements.</param>
internal sealed class Calibrator(IEncoder encoder, PairTokenizer tokenizer, int lanes, TimeSpan limit, TimeProvider time)
{
    private const int WarmUpRuns = 8;
    private const int Rounds = 3;

    // What this many pairs take alone is the most that is spent: nothing is gained by measuring a model of microseconds for seconds.
    private const int PairsWorth = 300;
    private const int UsualLength = 128;

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private volatile bool _over;

    /// <summary>Teaches the model. Returns when the shapes or the time are over.</summary>
    /// <param name="cost">Only the caller's.</param>
    /// <param name="shapes">Cheap ones first.</param>
    /// <param name="cancellationToken">Ends it between two passes.</param>
    /// <returns>Shapes that were measured.</returns>
    internal int Run(CostModel cost, IEnumerable<(int Rows, int Length)> shapes, CancellationToken cancellationToken)
    {
        var sizes = shapes.DistinctBy(shape => encoder.ShapeOf(shape.Rows, shape.Length)).ToArray();
        var measured = new int[lanes];
        var failures = new Exception?[lanes];
        var threads = new Thread[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            var number = lane;
            threads[lane] = new Thread(() => failures[number] = Try(() => measured[number] = RunLane(cost, sizes, number, cancellationToken)))
            {
                IsBackground = true,
                Name = $"calibration {lane}",
            };
            threads[lane].Start();
        }

        foreach (var thread in threads)
            thread.Join();
        cancellationToken.ThrowIfCancellationRequested();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            throw first;
        return measured.Max();
    }

    private Exception? Try(Action run)
    {
        try
        {
            run();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            // A lane without its neighbours would measure another machine.
            _over = true;
        }
    }

    private int RunLane(CostModel cost, (int Rows, int Length)[] sizes, int lane, CancellationToken cancellationToken)
    {
        var buffers = new PassBuffers();
        var budgetMs = Math.Min(limit.TotalMilliseconds, PairsWorth * WarmUp(PairsOf(1, UsualLengthFor(sizes)), lane, buffers));
        var started = time.GetTimestamp();
        var chosen = new List<TokenizedPair[]>();
        var (perToken, roundMs) = (0.0, 0.0);
        foreach (var (rows, length) in sizes)
        {
            var expectedMs = rows * length * perToken;
            var leftMs = budgetMs - time.GetElapsedTime(started).TotalMilliseconds;
            if (IsOver() || (2 * expectedMs) + ((Rounds - 1) * (roundMs + expectedMs)) > leftMs)
                break;

            var pairs = PairsOf(rows, length);
            // The first run of a shape is not counted: buffers grow, and a static shape may be compiled.
            Measure(pairs, lane, buffers);
            var ms = Observe(pairs);
            perToken = ms / (rows * length);
            roundMs += ms;
            chosen.Add(pairs);
        }

        // What happened beside the passes of one round happened to a few shapes only: the others tell.
        for (var round = 1; round < Rounds; round++)
        {
            foreach (var pairs in chosen.TakeWhile(_ => !IsOver()))
                Observe(pairs);
        }

        return chosen.Count;

        bool IsOver() => _over || cancellationToken.IsCancellationRequested;

        double Observe(TokenizedPair[] pairs)
        {
            var ms = Measure(pairs, lane, buffers);
            lock (_lock)
                cost.Observe(pairs.Length, pairs[0].InputIds.Length, ms, time.GetUnixMicroseconds());
            return ms;
        }
    }

    /// <summary>Milliseconds of such a pass, once it has loaded and compiled what it needs.</summary>
    private double WarmUp(TokenizedPair[] pairs, int lane, PassBuffers buffers)
    {
        var started = time.GetTimestamp();
        for (var run = 0; run == 0 || (run < WarmUpRuns && time.GetElapsedTime(started) < WarmUpTime); run++)
            Measure(pairs, lane, buffers);
        return Measure(pairs, lane, buffers);
    }

    private double Measure(TokenizedPair[] pairs, int lane, PassBuffers buffers)
    {
        var started = time.GetTimestamp();
        encoder.Run(pairs, pairs[0].InputIds.Length, lane, buffers);
        return time.GetElapsedTime(started).TotalMilliseconds;
    }

    private static int UsualLengthFor((int Rows, int Length)[] sizes) =>
        sizes.Select(size => size.Length).Where(length => length <= UsualLength).DefaultIfEmpty(PairTokenizer.LeastLength).Max();

    private TokenizedPair[] PairsOf(int rows, int length)
    {
        var pair = tokenizer.Encode("how long does a pass take", string.Join(' ', Enumerable.Repeat("long", length)), length);
        Debug.Assert(pair.InputIds.Length == length, "Each word is at least one token.");
        return [.. Enumerable.Repeat(pair, rows)];
    }
}
