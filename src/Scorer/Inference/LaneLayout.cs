namespace Rerank.Scorer.Inference;

/// <summary>How many passes run side by side, and on how many sessions.</summary>
/// <param name="Lanes">Callers, each a thread of its own.</param>
/// <param name="Sessions">Sessions that they share; each holds the model's weights once (a static shape: once a shape).</param>
/// <param name="ThreadsPerPass">Threads of the runtime that compute a pass.</param>
internal sealed record LaneLayout(int Lanes, int Sessions, int ThreadsPerPass)
{
    // While one pass is on the device, the next one's tensors are filled and copied.
    private const int LanesOfADevice = 2;

    /// <param name="backend">What runs the model.</param>
    /// <param name="asked">Lanes that the user asks for; 0 for what suits the backend.</param>
    /// <param name="cores">That this process may use: of a container, those of its quota.</param>
    internal static LaneLayout For(Backend backend, int asked, int cores) => backend switch
    {
        // One thread a pass and a lane a core gives more pairs a second than many threads a pass, and the weights are in memory once.
        Backend.Cpu => new LaneLayout(asked == 0 ? cores : asked, Sessions: 1, ThreadsPerPass: 1),
        // A compiled CoreML model runs one pass at a time behind a lock.
        Backend.CoreML => new LaneLayout(asked == 0 ? 1 : asked, Sessions: asked == 0 ? 1 : asked, ThreadsPerPass: 1),
        // Two passes at once crash the provider.
        Backend.WebGpu => new LaneLayout(Lanes: 1, Sessions: 1, ThreadsPerPass: 1),
        _ => new LaneLayout(asked == 0 ? LanesOfADevice : asked, Sessions: 1, ThreadsPerPass: 1),
    };

    public override string ToString() =>
        $"{Count(Lanes, "lane")} of {Count(ThreadsPerPass, "thread")}, {Count(Sessions, "session")}";

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
