using Rerank.Scorer.Batching;

namespace Rerank.Scorer.Simulation;

/// <summary>
/// One run of a policy on a simulated device, on one thread, in virtual time: the same settings and seed give the same recording. What
/// arrives in an instant is delivered before a free lane is asked. Planning costs nothing here.
/// </summary>
internal sealed class SimulationRun
{
    private readonly SimulationSettings _settings;
    private readonly ISimulatedPolicy _policy;
    private readonly VirtualTime _time = new();
    private readonly SimulatedBroker _broker;
    private readonly Random _lengths;
    private readonly Random _device;
    private readonly Recording _recording = new();
    private readonly Stack<int> _freeLanes;
    private int _requests;

    private SimulationRun(SimulationSettings settings, ISimulatedPolicy policy)
    {
        _settings = settings;
        _policy = policy;
        _broker = new SimulatedBroker(_time, settings.Transport.BrokerUs, Deliver);
        _lengths = new Random(settings.Seed);
        _device = new Random(settings.Seed + 1);
        _freeLanes = new Stack<int>(Enumerable.Range(0, settings.Device.Lanes).Reverse());
    }

    /// <summary>Runs until the time is over, or until all scores are there if no more pairs can come.</summary>
    internal static Recording Run(SimulationSettings settings, ISimulatedPolicy policy) => new SimulationRun(settings, policy).Run();

    private Recording Run()
    {
        var untilUs = (long)_settings.Duration.TotalMicroseconds;
        using var requests = _settings.Arrivals.Requests(new Random(_settings.Seed + 2), untilUs).GetEnumerator();
        _broker.AskedBefore(_policy.PullTarget);
        EnterNext(requests);
        while (_time.Advance(untilUs))
            Settle();
        _recording.EndUs = Math.Max(_recording.EndUs, _time.NowUs);
        return _recording;
    }

    /// <summary>One request ahead is enough: a run may have millions.</summary>
    private void EnterNext(IEnumerator<(long AtUs, int Pairs)> requests)
    {
        if (!requests.MoveNext())
            return;
        var (atUs, pairs) = requests.Current;
        _time.At(atUs, () =>
        {
            Request(pairs);
            EnterNext(requests);
        });
    }

    private void Request(int pairs)
    {
        var request = new SimulatedRequest(_requests++, _time.NowUs, pairs);
        _recording.Queued(_time.NowUs, pairs);
        _broker.Enqueue(Enumerable.Range(0, pairs).Select(_ => new SimulatedPair(request, _settings.Lengths.Draw(_lengths))));
    }

    private void Deliver(List<SimulatedPair> pairs)
    {
        foreach (var pair in pairs)
        {
            pair.ReceivedUs = _time.NowUs;
            _policy.OnArrived(pair, _time.NowUs);
        }
    }

    private void Settle()
    {
        do
            _broker.Ask((long)_policy.PullTarget - _policy.Waiting);
        while (_time.Settle() || TryStartPass());
        if (_freeLanes.Count > 0 && _policy.DueUs is { } due)
            _time.At(due, static () => { });
    }

    private bool TryStartPass()
    {
        if (_freeLanes.Count == 0 || _policy.OnLaneFree(_time.NowUs) is not { } pass)
            return false;
        var lane = _freeLanes.Pop();
        var curve = _settings.Device.Curve.Milliseconds(pass.Pairs.Count, pass.Length);
        var milliseconds = curve * _settings.Variation.Factor(_time.NowUs, _device);
        _recording.Started(lane, pass, milliseconds, _policy.State, _time.NowUs);
        _time.At(_time.NowUs + (long)Math.Ceiling(milliseconds * 1_000), () =>
        {
            _freeLanes.Push(lane);
            _policy.OnPassDone(pass, milliseconds, _time.NowUs);
            _time.At(_time.NowUs + _settings.Transport.PublishUs, () => Publish(pass));
        });
        return true;
    }

    private void Publish(ForwardPass<SimulatedPair> pass)
    {
        foreach (var pair in pass.Pairs)
        {
            pair.Request.Open--;
            _policy.OnScored(pair, _time.NowUs);
            _recording.Scored(pair, _time.NowUs);
            if (pair.Request.Open == 0 && _settings.Arrivals.AsksAgain(_requests))
                Request(pair.Request.Pairs);
        }
    }
}
