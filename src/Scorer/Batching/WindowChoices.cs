using System.Numerics;

namespace Rerank.Scorer.Batching;

/// <summary>
/// Works out what each size of the window would come to, with the lengths that came of late: step by step, since all of them together
/// would keep the lanes waiting. Not thread-safe.
/// </summary>
internal sealed class WindowChoices
{
    // Pairs planned in a step, at least: as much work as one large plan.
    private const int PairsAStep = 1024;

    // From this size on, a window with the quantiles of the lengths stands for all; a smaller one is judged by the mean of several.
    private const int Representative = 32;
    private const int LeastSample = 256;
    private const int MostPlans = 16;

    // Before the first pair: any length, since all windows suffer alike.
    private const int UnknownLength = 128;

    private readonly BatcherOptions _options;
    private readonly PassPlanner _planner;
    private readonly int[] _sizes;
    private readonly int[] _lengths;
    private readonly List<WindowChoice> _judged = [];
    private int[] _known = [UnknownLength];
    private int[] _sorted = [UnknownLength];
    private long _arrived;

    internal WindowChoices(BatcherOptions options, PassPlanner planner)
    {
        (_options, _planner) = (options, planner);
        _sizes = [.. Sizes(options.MaxWindow)];
        _lengths = new int[Math.Max(LeastSample, options.MaxWindow)];
        Begin();
        while (!Step())
        {
            // Nobody waits yet.
        }
    }

    /// <summary>Smallest first.</summary>
    internal IReadOnlyList<WindowChoice> All { get; private set; } = [];

    /// <summary>Some sizes have been judged again, and others not yet.</summary>
    internal bool Judging { get; private set; }

    internal void OnArrived(int length) => _lengths[_arrived++ % _lengths.Length] = length;

    /// <summary>All sizes shall be judged again, with what is known now.</summary>
    internal void Begin()
    {
        if (_arrived > 0)
            _known = _lengths[..(int)Math.Min(_arrived, _lengths.Length)];
        _sorted = [.. _known];
        Array.Sort(_sorted);
        _judged.Clear();
        Judging = true;
    }

    /// <summary>Judges the next few sizes.</summary>
    /// <returns>Whether <see cref="All"/> is new.</returns>
    internal bool Step()
    {
        for (var pairs = 0; pairs < PairsAStep && _judged.Count < _sizes.Length;)
        {
            var size = _sizes[_judged.Count];
            var plans = size >= Representative ? 1 : Math.Clamp(LeastSample / size, 1, MostPlans);
            _judged.Add(Judge(size, plans));
            pairs += size * plans;
        }

        if (_judged.Count < _sizes.Length)
            return false;
        All = [.. _judged];
        Judging = false;
        return true;
    }

    private WindowChoice Judge(int size, int plans)
    {
        var (total, makespan, longest, shortest) = (0.0, 0.0, 0.0, 0.0);
        IReadOnlyList<int> classes = [];
        for (var plan = 0; plan < plans; plan++)
        {
            var outline = _planner.Outline(plans == 1 ? Quantiles(size) : Sample(plan * size, size));
            classes = outline.Lengths;
            (total, makespan) = (total + outline.TotalMs, makespan + outline.MakespanMs);
            (longest, shortest) = (longest + outline.LongestMs, shortest + outline.ShortestMs);
        }

        // Lanes do not wait for each other between two plans, so that their sum is what counts.
        var rate = 1000.0 * size * plans * _options.Lanes / total;
        return new WindowChoice(size, rate, makespan / plans, longest / plans, (makespan + shortest) / plans, classes);
    }

    private int[] Quantiles(int size)
    {
        var lengths = new int[size];
        for (var i = 0; i < size; i++)
            lengths[i] = _sorted[(int)((i + 0.5) * _sorted.Length / size)];
        return lengths;
    }

    private int[] Sample(int offset, int size)
    {
        var lengths = new int[size];
        for (var i = 0; i < size; i++)
            lengths[i] = _known[(offset + i) % _known.Length];
        return lengths;
    }

    /// <summary>Four sizes an octave, up to the largest window.</summary>
    private static IEnumerable<int> Sizes(int most) =>
        from size in Enumerable.Range(1, most)
        let step = Math.Max(1, (1 << BitOperations.Log2((uint)size)) / 4)
        where size % step == 0 || size == most
        select size;
}
