using Microsoft.Extensions.Logging;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Hub;
using Rerank.Scorer.Tokenization;
using Rerank.Shared.Hosting;

namespace Rerank.Scorer;

/// <summary>The model that a Scorer serves, ready for its lanes.</summary>
/// <param name="Folder">On disk.</param>
/// <param name="Tokenizer">Its own.</param>
/// <param name="Loaded">On its backend.</param>
internal sealed record ScoringModel(ModelFolder Folder, PairTokenizer Tokenizer, LoadedModel Loaded) : IDisposable
{
    /// <summary>Opens it, from a hub if need be, and loads it.</summary>
    /// <exception cref="StageFailedException">There is no such model, it is damaged, or the backend does not run it: wrong usage.</exception>
    internal static async Task<ScoringModel> OpenAsync(
        string reference, BackendChoice choice, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var folder = await ModelFolder.OpenAsync(reference, new PullLog(logger), time, cancellationToken);
            var tokenizer = PairTokenizer.Load(folder.TokenizerFolder);
            return new ScoringModel(folder, tokenizer, LoadedModel.Load(folder, tokenizer, choice, logger));
        }
        catch (TokenizerException e)
        {
            throw new StageFailedException(ExitCode.WrongUsage, e.Message);
        }
    }

    internal ScorerIdentity Identify(BackendChoice choice) => new(
        ScorerIdentity.NewName(),
        Folder.Identity,
        Backends.NameOf(Loaded.Backend),
        DeviceName.Of(Loaded.Backend, choice.CoreML),
        Loaded.Layout.Lanes);

    public void Dispose() => Loaded.Dispose();
}
