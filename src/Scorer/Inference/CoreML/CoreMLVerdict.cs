using System.Globalization;

namespace Rerank.Scorer.Inference.CoreML;

/// <summary>What to do after a probe. Pure.</summary>
/// <param name="Usable">Whether scores from it can be trusted.</param>
/// <param name="Faster">Whether it is faster than the CPU.</param>
/// <param name="Reason">In words for a person.</param>
internal sealed record CoreMLVerdict(bool Usable, bool Faster, string Reason)
{
    /// <summary>On the scale of logits. CoreML computes in 16 bits: sound graphs were seen within 0.01, broken ones off by 0.5 and more.</summary>
    internal const double Tolerance = 0.02;

    internal static CoreMLVerdict Of(CoreMLProbe probe)
    {
        var placed = Text($"{probe.Partitions} partitions on CoreML, {probe.CpuNodes} nodes on the CPU");
        if (probe.Partitions == 0)
            return new CoreMLVerdict(Usable: false, Faster: false, "no part of the graph runs on CoreML.");
        if (double.IsNaN(probe.LargestDifference))
            return new CoreMLVerdict(Usable: false, Faster: false, $"CoreML gives scores that are no numbers ({placed}).");
        if (probe.LargestDifference > Tolerance)
        {
            return new CoreMLVerdict(
                Usable: false,
                Faster: false,
                Text($"its scores are {probe.LargestDifference:0.###} off those of the CPU, more than {Tolerance} ({placed}).")
                + " Scorer__CoreMLModelFormat=NeuralNetwork, or another value of Scorer__CoreMLComputeUnits, may do better.");
        }

        var faster = probe.RowsPerSecond > probe.CpuRowsPerSecond;
        var rates = Text($"{probe.RowsPerSecond:0} rows/s against {probe.CpuRowsPerSecond:0} of the CPU's cores");
        return new CoreMLVerdict(Usable: true, faster, $"{rates}, {placed}, scores within {Text($"{probe.LargestDifference:0.####}")}.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
