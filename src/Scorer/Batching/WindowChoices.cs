using System.Numerics;

namespace Rerank.Scorer.Batching;

/// <summary>Works out what each size of the window would come to, with the lengths that came of late. Not thread-safe.</summary>
internal sealed class WindowChoices(BatcherOptions options, PassPlanner planner)
{
    // A small window is judged by the mean of several.
    private const int LeastSample = 256;
    private const int MostPlans = 16;

    // Before the first pair: any length, since all windows suffer alike.
    private const int UnknownLength = 128;

    private readonly int[] _lengths = new int[Math.Max(LeastSample, options.MaxWindow)];
    private long _arrived;

    internal IReadOnlyList<WindowChoice> All { get; private set; } = [];

    internal void OnArrived(int length) => _lengths[_arrived++ % _lengths.Length] = length;

    /// <summary>Judges all sizes again.</summary>
    internal void Judge() => All = [.. Sizes().Select(Judge)];

    private WindowChoice Judge(int size)
    {
        var plans = Math.Clamp(LeastSample / size, 1, MostPlans);
        var (total, makespan, longest, shortest) = (0.0, 0.0, 0.0, 0.0);
        IReadOnlyList<int> classes = [];
        for (var plan = 0; plan < plans; plan++)
        {
            var outline = planner.Outline(Sample(plan * size, size));
            classes = outline.Lengths;
            (total, makespan) = (total + outline.TotalMs, makespan + outline.MakespanMs);
            (longest, shortest) = (longest + outline.LongestMs, shortest + outline.ShortestMs);
        }

        // Lanes do not wait for each other between two plans, so that their sum is what counts.
        var rate = 1000.0 * size * plans * options.Lanes / total;
        return new WindowChoice(size, rate, makespan / plans, longest / plans, (makespan + shortest) / plans, classes);
    }

    private int[] Sample(int offset, int size)
    {
        var known = (int)Math.Min(_arrived, _lengths.Length);
        var lengths = new int[size];
        for (var i = 0; i < size; i++)
            lengths[i] = known == 0 ? UnknownLength : _lengths[(offset + i) % known];
        return lengths;
    }

    /// <summary>Four sizes an octave, up to the largest window.</summary>
    private IEnumerable<int> Sizes() =>
        from size in Enumerable.Range(1, options.MaxWindow)
        let step = Math.Max(1, (1 << BitOperations.Log2((uint)size)) / 4)
        where size % step == 0 || size == options.MaxWindow
        select size;
}
