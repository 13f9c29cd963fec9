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
    // The first run of a shape is not counted: buffers grow, and a static shape may be compiled.
    private const int RunsAShape = 4;

    // What this many pairs take alone is the most that is spent: nothing is gained by measuring a model of microseconds for seconds.
    private const int PairsWorth = 300;
    private const int UsualLength = 128;

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
        var usual = PairsOf(1, UsualLengthFor(sizes));
        // The first one loads and compiles, and is no measure.
        Measure(usual, lane, buffers);
        var started = time.GetTimestamp();
        var (worthMs, perToken, done) = (PairsWorth * Measure(usual, lane, buffers), 0.0, 0);
        var budgetMs = Math.Min(limit.TotalMilliseconds, worthMs);
        foreach (var (rows, length) in sizes)
        {
            var expectedMs = RunsAShape * rows * length * perToken;
            if (_over || time.GetElapsedTime(started).TotalMilliseconds + expectedMs > budgetMs)
                break;

            var pairs = PairsOf(rows, length);
            for (var run = 0; run < RunsAShape && !cancellationToken.IsCancellationRequested; run++)
            {
                var ms = Measure(pairs, lane, buffers);
                if (run == 0)
                    continue;
                perToken = ms / (rows * length);
                lock (_lock)
                    cost.Observe(rows, length, ms, time.GetUnixMicroseconds());
            }

            done++;
        }

        return done;
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
