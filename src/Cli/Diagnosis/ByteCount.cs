namespace Rerank.Cli.Diagnosis;

/// <summary>Sizes for people.</summary>
internal static class ByteCount
{
    internal static string Text(long bytes) => bytes >= 1L << 30 ? $"{bytes / (double)(1L << 30):0.0} GiB" : $"{bytes / (double)(1L << 20):0} MiB";
}
