using System.Text.RegularExpressions;

namespace Rerank.Cli.References;

/// <summary>Whether a row's model is the one at hand.</summary>
internal static partial class ReferenceName
{
    /// <summary>
    /// The row's name is the model's id, or begins with it and a space. Behind that a row may name an ONNX file or a precision: those
    /// must then be the model's too. A model in a folder of its own is known by the folder's name alone.
    /// </summary>
    /// <param name="row">Such as <c>org/name model.onnx (fp32)</c>.</param>
    /// <param name="id">Such as <c>org/name</c>, or <c>name</c> of a folder.</param>
    /// <param name="precision">Of the model.</param>
    /// <param name="file">Name of its ONNX file where it came from; null if not known.</param>
    internal static bool Matches(string row, string id, string precision, string? file)
    {
        if (row == id)
            return true;
        var space = row.IndexOf(' ', StringComparison.Ordinal);
        var (name, remark) = space < 0 ? (row, "") : (row[..space], row[space..]);
        if (!id.Contains('/', StringComparison.Ordinal))
            name = name[(name.LastIndexOf('/') + 1)..];
        return name == id
            && Precision().Matches(remark).All(match => match.Value == precision)
            && (file is null || OnnxFile().Matches(remark).All(match => match.Value == file));
    }

    [GeneratedRegex(@"\b(fp32|fp16|int8|int4)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Precision();

    [GeneratedRegex(@"[\w.-]+\.onnx\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OnnxFile();
}
