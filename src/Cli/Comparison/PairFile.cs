using System.IO.Compression;
using System.Text;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Comparison;

/// <summary>Pairs in JSON lines, as <c>run</c> reads them, all in memory.</summary>
internal static class PairFile
{
    /// <exception cref="StageFailedException">There is no such file, a line is no pair (the message names it), or there is none.</exception>
    internal static IReadOnlyList<Pair> Read(string path)
    {
        if (!File.Exists(path))
            throw new StageFailedException(ExitCode.WrongUsage, $"--input is '{path}'; there is no such file.");
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content, Encoding.UTF8);
        var pairs = new List<Pair>();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var decoded = PairCodec.Decode(Encoding.UTF8.GetBytes(text));
            pairs.Add(decoded.Pair ?? throw new StageFailedException(ExitCode.Failed, $"{path}:{line}: {decoded.Detail}"));
        }

        return pairs.Count > 0 ? pairs : throw new StageFailedException(ExitCode.Failed, $"--input is '{path}'; it holds no pair.");
    }
}
