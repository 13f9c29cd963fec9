namespace Rerank.Scorer.Simulation;

/// <summary>The queue between the callers and the scorer, which gets what it asked for a moment after it is there.</summary>
/// <param name="time">Of the simulation.</param>
/// <param name="latencyUs">From the broker to the scorer and back.</param>
/// <param name="deliver">Takes the pairs that arrive together.</param>
internal sealed class SimulatedBroker(VirtualTime time, long latencyUs, Action<List<SimulatedPair>> deliver)
{
    private readonly Queue<SimulatedPair> _queued = new();
    private long _asked;

    /// <summary>Pairs that have been asked for and are not there yet.</summary>
    internal long Outstanding { get; private set; }

    internal void Enqueue(IEnumerable<SimulatedPair> pairs)
    {
        foreach (var pair in pairs)
            _queued.Enqueue(pair);
        Send();
    }

    /// <summary>The scorer has been there before the first pair, and its request too.</summary>
    internal void AskedBefore(long pairs) => (_asked, Outstanding) = (pairs, pairs);

    /// <summary>Asks for pairs so that this many are outstanding; what has been asked for is not taken back.</summary>
    internal void Ask(long outstanding)
    {
        var more = outstanding - Outstanding;
        if (more <= 0)
            return;
        Outstanding += more;
        time.At(time.NowUs + (latencyUs / 2), () =>
        {
            _asked += more;
            Send();
        });
    }

    private void Send()
    {
        var sent = new List<SimulatedPair>();
        while (_asked > 0 && _queued.TryDequeue(out var pair))
        {
            _asked--;
            sent.Add(pair);
        }

        if (sent.Count > 0)
        {
            time.At(time.NowUs + (latencyUs / 2), () =>
            {
                Outstanding -= sent.Count;
                deliver(sent);
            });
        }
    }
}
