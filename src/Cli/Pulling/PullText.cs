using Rerank.Cli.Running;
using Rerank.Scorer.Models.Hub;

namespace Rerank.Cli.Pulling;

/// <summary>A pull's progress as a line.</summary>
internal sealed record PullText(PullProgress Progress) : IShownProgress
{
    private const double Megabyte = 1_000_000;

    public double? Fraction => Progress.TotalBytes is > 0 ? Math.Min(1, (double)Progress.Bytes / Progress.TotalBytes.Value) : null;

    public string ToText()
    {
        var total = Progress.TotalBytes is { } bytes ? $" of {bytes / Megabyte:N1}" : "";
        var trouble = Progress.Trouble is { } text ? $"; {text}" : "";
        return $"{Progress.Model}: {Progress.Bytes / Megabyte:N1}{total} MB, {(Progress.File.Length > 0 ? Progress.File : "asking the hub")}{trouble}";
    }
}
