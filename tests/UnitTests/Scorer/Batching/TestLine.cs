using Rerank.Scorer.Batching;

namespace Rerank.UnitTests.Scorer.Batching;

/// <summary>A batcher between a queue and a device, in virtual time: pairs are pulled at once as far as the batcher wants them.</summary>
internal sealed class TestLine
{
    private readonly Batcher<Waiting> _batcher;
    private readonly PassCost _device;
    private readonly int _lanes;
    private readonly Queue<(long AtUs, int Length)> _source;
    private readonly PriorityQueue<(ForwardPass<Waiting> Pass, double Ms), long> _running = new();
    private int _pulled;

    /// <param name="options">Of the batcher.</param>
    /// <param name="device">What passes take.</param>
    /// <param name="arrivals">When pairs are queued, and their lengths, in order.</param>
    internal TestLine(BatcherOptions options, PassCost device, IEnumerable<(long AtUs, int Length)> arrivals)
    {
        _device = device;
        _lanes = options.Lanes;
        _source = new Queue<(long, int)>(arrivals);
        var cost = new CostModel();
        for (var reading = 0; reading < 4; reading++)
        {
            foreach (var (rows, length) in CostModel.CalibrationShapes(512, 1 << 16, 256))
                cost.Observe(rows, length, device(rows, length), 0);
        }

        _batcher = new Batcher<Waiting>(options, cost);
    }

    internal BatcherState State => _batcher.State;

    /// <summary>What the device takes longer at an instant.</summary>
    internal Func<long, double> Slowness { get; init; } = _ => 1;

    internal List<(long QueuedUs, long ReceivedUs, long ScoredUs)> Scored { get; } = [];

    internal List<(long AtUs, BatcherState State)> States { get; } = [];

    internal List<ForwardPass<Waiting>> Passes { get; } = [];

    /// <summary>Runs until an instant, or until all is scored.</summary>
    internal void Run(long untilUs = long.MaxValue)
    {
        var now = 0L;
        while (now < untilUs)
        {
            Pull(now);
            while (_running.Count < _lanes && _batcher.OnLaneFree(now) is { } pass)
            {
                var ms = _device(pass.Pairs.Count, pass.Length) * Slowness(now);
                _running.Enqueue((pass, ms), now + (long)(ms * 1000));
                Passes.Add(pass);
                Pull(now);
            }

            var arrives = _source.TryPeek(out var next) && next.AtUs > now ? next.AtUs : long.MaxValue;
            var ends = _running.TryPeek(out _, out var end) ? end : long.MaxValue;
            now = Math.Min(arrives, ends);
            if (now == long.MaxValue)
                return;
            if (ends == now)
                Finish(now);
        }
    }

    /// <summary>p95 of all pairs scored from an instant on, milliseconds.</summary>
    internal double P95Ms(Func<(long QueuedUs, long ReceivedUs, long ScoredUs), long> from, long sinceUs, long untilUs = long.MaxValue)
    {
        var latencies = Scored.Where(pair => pair.ScoredUs >= sinceUs && pair.ScoredUs < untilUs)
            .Select(pair => (pair.ScoredUs - from(pair)) / 1000.0).Order().ToArray();
        return latencies.Length == 0 ? 0 : latencies[(int)(0.95 * (latencies.Length - 1))];
    }

    internal double PairsPerSecond(long sinceUs, long untilUs) =>
        Scored.Count(pair => pair.ScoredUs >= sinceUs && pair.ScoredUs < untilUs) * 1e6 / (untilUs - sinceUs);

    private void Pull(long now)
    {
        while (_batcher.Waiting < _batcher.PullTarget && _source.TryPeek(out var next) && next.AtUs <= now)
        {
            _source.Dequeue();
            _batcher.OnArrived(new Waiting(_pulled++, next.Length, false, next.AtUs, now), now);
        }
    }

    private void Finish(long now)
    {
        var (pass, ms) = _running.Dequeue();
        _batcher.OnPassDone(pass, ms, now);
        foreach (var pair in pass.Pairs)
        {
            Scored.Add((pair.QueuedUs, pair.ReceivedUs, now));
            _batcher.OnScored(pair.QueuedUs, pair.ReceivedUs, now);
        }

        States.Add((now, _batcher.State));
    }
}
