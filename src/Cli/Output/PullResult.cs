using Rerank.Scorer.Models.Hub;

namespace Rerank.Cli.Output;

/// <summary>What <c>model pull</c> brought.</summary>
/// <param name="Identity">id@revision/precision/hash, as datasets name it.</param>
/// <param name="Commit">What the revision is.</param>
/// <param name="File">Path of the ONNX file in the repository.</param>
/// <param name="Folder">Where the model lies.</param>
/// <param name="Bytes">Of all its files.</param>
/// <param name="AlreadyThere">Nothing had to be downloaded.</param>
/// <param name="Notes">What there is to know of it.</param>
internal sealed record PullResult(
    string Identity, string Commit, string File, string Folder, long Bytes, bool AlreadyThere, IReadOnlyList<string> Notes)
{
    internal static PullResult Of(PulledModel pulled)
    {
        var folder = pulled.Model.TokenizerFolder;
        var bytes = new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
        return new PullResult(pulled.Model.Identity, pulled.Commit, pulled.File, folder, bytes, pulled.AlreadyThere, pulled.Notes);
    }

    internal string ToText()
    {
        var head = $"{Identity}\n{(AlreadyThere ? "is in the cache" : $"pulled {File}")}: {Folder} ({Bytes:N0} bytes)";
        return string.Join('\n', Notes.Prepend(head));
    }
}
