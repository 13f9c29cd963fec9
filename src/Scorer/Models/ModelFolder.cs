using Rerank.Scorer.Models.Hub;
using Rerank.Scorer.Models.Lexical;
using Rerank.Scorer.Models.Null;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Models;

/// <summary>A cross-encoder on disk, checked: one label a pair from the inputs that the Scorer feeds, with its tokenizer.</summary>
public sealed record ModelFolder
{
    private const string LocalRevision = "local";
    private const int IdentityHashLength = 16;

    private static readonly BuiltinFolder[] BuiltIn = [BuiltinLexical.Folder, BuiltinNull.Folder];

    // Where repositories on Hugging Face keep it.
    private static readonly string[] Places = [ModelFiles.Model, Path.Combine("onnx", ModelFiles.Model)];
    private static readonly string[] Tokenizers = [ModelFiles.Tokenizer, ModelFiles.Vocabulary];

    private ModelFolder()
    {
    }

    /// <summary>The folder's name, <c>org/name</c> of a pulled one, or <c>builtin:lexical</c> and the like.</summary>
    public required string Id { get; init; }

    /// <summary><c>local</c> for a folder, the first digits of the commit for a pulled one.</summary>
    public required string Revision { get; init; }

    /// <summary>Of most weights that are multiplied: <c>fp32</c>, <c>fp16</c>, <c>bf16</c>, <c>int8</c> or <c>int4</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Name of the ONNX file in the repository that it was pulled from; null for any other folder.</summary>
    public string? SourceFile { get; private init; }

    /// <summary>SHA-256, in hex, of the model file, its external data and the tokenizer file, one after the other.</summary>
    public required string Hash { get; init; }

    public required string OnnxPath { get; init; }

    /// <summary>Folder that holds <c>tokenizer.json</c> or <c>vocab.txt</c>.</summary>
    public required string TokenizerFolder { get; init; }

    /// <summary>Longest sequence that the model has positions for; null where <c>config.json</c> says nothing.</summary>
    public required int? MaxPositions { get; init; }

    /// <summary>About what a token of a pass with rows of full length takes while it runs; null where <c>config.json</c> says too little.</summary>
    public int? MostBytesAToken { get; init; }

    /// <summary>Whether the graph has the input <c>token_type_ids</c>.</summary>
    public required bool HasTokenTypeIds { get; init; }

    /// <summary>Whether a score depends on the other rows of its pass: passes of this model should then hold one row.</summary>
    public required bool NeedsPassesOfOneRow { get; init; }

    /// <summary>Name of the output with the scores.</summary>
    public required string OutputName { get; init; }

    /// <summary>What scores are said to come from: <c>id@revision/precision/hash</c>, the hash cut to 16 digits.</summary>
    public string Identity => $"{Id}@{Revision}/{Precision}/{Hash[..IdentityHashLength]}";

    /// <summary>Opens a built-in model (made on first use), a folder, or a model of a hub that has been pulled.</summary>
    /// <exception cref="ModelException">There is no such model, it is incomplete, damaged, or no cross-encoder with one label.</exception>
    public static ModelFolder Open(string reference) => Open(reference, ModelCache.DefaultFolder);

    /// <summary>Why pairs of so many tokens are not for this model, in words for a person; null if they are.</summary>
    public string? LengthProblem(int maxLength) => maxLength switch
    {
        < PairTokenizer.LeastLength => $"a pair has {PairTokenizer.LeastLength} special tokens alone.",
        _ when maxLength > MaxPositions => $"the model {Id} has positions for {MaxPositions:N0} tokens, so set at most that.",
        _ => null,
    };

    /// <summary>The same, but pulls a model of a hub that is not in the cache: the only case that uses the network.</summary>
    /// <param name="reference">A folder, <c>org/name</c> (see <see cref="HubReference"/>), or a built-in model.</param>
    /// <param name="progress">Of the pull; null for nobody.</param>
    /// <param name="time">For pauses.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    /// <exception cref="ModelException">As <see cref="Open(string)"/>, or it cannot be pulled.</exception>
    public static Task<ModelFolder> OpenAsync(
        string reference, IProgress<PullProgress>? progress, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(reference, static () => HubOptions.FromEnvironment(), progress, time, cancellationToken);

    internal static async Task<ModelFolder> OpenAsync(
        string reference, Func<HubOptions> hub, IProgress<PullProgress>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        if (OfHub(reference) is not { } model)
            return Open(reference);
        var options = hub();
        if (new HubCache(options.CacheFolder, model).Find() is { } pulled)
            return Open(pulled);
        try
        {
            return (await ModelHub.PullAsync(model, options, progress, time, cancellationToken)).Model;
        }
        catch (ModelException e)
        {
            throw ModelException.Explained($"There is no folder '{reference}', so it was looked for on the hub.", e);
        }
    }

    internal static ModelFolder Open(string reference, string cacheFolder)
    {
        if (BuiltIn.FirstOrDefault(model => model.Reference == reference) is { } builtIn)
            return Read(builtIn.Ensure(cacheFolder), reference, builtIn.Revision);
        if (reference.StartsWith("builtin:", StringComparison.Ordinal))
            throw new ModelException($"There is no built-in model '{reference}'. Use {BuiltinLexical.Reference} or a folder.");

        if (OfHub(reference) is { } model)
        {
            return new HubCache(cacheFolder, model).Find() is { } pulled
                ? Open(pulled, cacheFolder)
                : throw new ModelException(
                    $"There is no folder '{reference}', and no such model of a hub in the cache ({cacheFolder}). "
                    + $"For the latter: rerank model pull {model.Id} --precision {model.Precision} --revision {model.Revision}");
        }

        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(reference));
        if (File.Exists(folder))
            throw new ModelException($"The model '{reference}' is a file. Give the folder with {ModelFiles.Model} and its tokenizer.");
        if (!Directory.Exists(folder))
        {
            throw new ModelException(
                $"There is no model folder '{reference}' ({folder}). Give a folder with {ModelFiles.Model}, {ModelFiles.Tokenizer} and "
                + $"{ModelFiles.Config}, or {BuiltinLexical.Reference}.");
        }

        return HubSource.Read(folder) is { } source
            ? Read(folder, source.Id, source.Revision) with { SourceFile = Path.GetFileName(source.File) }
            : Read(folder, Path.GetFileName(folder), LocalRevision);
    }

    /// <summary>A folder that exists is a folder, whatever it looks like.</summary>
    private static HubReference? OfHub(string reference) => Path.Exists(reference) ? null : HubReference.TryParse(reference);

    private static ModelFolder Read(string folder, string id, string revision)
    {
        try
        {
            var onnx = First(folder, Places) ?? throw new ModelException(
                $"The model folder {folder} has neither {string.Join(" nor ", Places)}. Export the model to ONNX, or fetch that file too.");
            var tokenizer = First(folder, Tokenizers) ?? throw new ModelException(
                $"The model folder {folder} has neither {string.Join(" nor ", Tokenizers)}. Copy the model's own tokenizer beside it.");
            var config = ModelConfig.Read(Path.Combine(folder, ModelFiles.Config));
            var outline = OnnxFile.ReadOutline(onnx);
            return new ModelFolder
            {
                Id = id,
                Revision = revision,
                Precision = WeightPrecision.Of(outline.Graph, onnx),
                Hash = ModelHash.Of([onnx, .. ExternalData.Files(outline.Graph, onnx), tokenizer]),
                OnnxPath = onnx,
                TokenizerFolder = folder,
                MaxPositions = config.MaxPositions,
                MostBytesAToken = config.MostBytesAToken,
                HasTokenTypeIds = ModelSignature.HasTokenTypeIds(outline.Graph, onnx),
                NeedsPassesOfOneRow = BatchDependence.Of(outline.Graph),
                OutputName = ModelSignature.Output(outline.Graph, onnx, config.Labels),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ModelException.WorkFailed($"The model folder {folder} cannot be read: {exception.Message}", exception);
        }
    }

    private static string? First(string folder, string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
