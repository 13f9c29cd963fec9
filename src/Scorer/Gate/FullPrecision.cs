using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Hub;
using Rerank.Scorer.Models.Rewriting;

namespace Rerank.Scorer.Gate;

/// <summary>The fp32 file that a model can be compared with.</summary>
internal static class FullPrecision
{
    internal const string Name = "fp32";

    /// <summary>The model itself, the one that it was made from, or the fp32 file of the same commit that was pulled too; null if none is here.</summary>
    internal static ModelFolder? Of(ModelFolder model) =>
        model.Precision == Name ? model : Candidates(model).Select(Open).OfType<ModelFolder>().FirstOrDefault();

    /// <summary>How to get one, in words for a person.</summary>
    internal static string Advice(ModelFolder model) => (MadeFrom.Read(model.TokenizerFolder), HubSource.Read(model.TokenizerFolder)) switch
    {
        ({ } from, _) => $"it was made from {from.Model}, which is no longer in {from.Folder}; put it back there or beside {model.TokenizerFolder}",
        (_, { } source) => $"for one: rerank model pull {source.Id} --precision {Name} --revision {source.Commit}",
        _ => "nothing says what it was made from: models that rerank model quantize makes do",
    };

    private static IEnumerable<(string Folder, Predicate<ModelFolder> Is)> Candidates(ModelFolder model)
    {
        var folder = model.TokenizerFolder;
        if (MadeFrom.Read(folder) is { } from)
        {
            yield return (from.Folder, found => found.Hash == from.Hash);
            // The two may have been moved together.
            yield return (Path.Combine(Path.GetDirectoryName(folder)!, Path.GetFileName(from.Folder)), found => found.Hash == from.Hash);
        }

        if (HubSource.Read(folder) is { } source)
            yield return (Path.Combine(Path.GetDirectoryName(folder)!, Name), found => HubSource.Read(found.TokenizerFolder)?.Commit == source.Commit);
    }

    private static ModelFolder? Open((string Folder, Predicate<ModelFolder> Is) candidate)
    {
        try
        {
            return Directory.Exists(candidate.Folder) && ModelFolder.Open(candidate.Folder) is { Precision: Name } found && candidate.Is(found)
                ? found
                : null;
        }
        catch (ModelException)
        {
            return null;
        }
    }
}
