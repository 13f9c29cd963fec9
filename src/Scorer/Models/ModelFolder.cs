using Rerank.Scorer.Models.Lexical;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Models;

/// <summary>A cross-encoder on disk, checked: one label a pair from the inputs that the Scorer feeds, with its tokenizer.</summary>
public sealed record ModelFolder
{
    private const string LocalRevision = "local";
    private const int IdentityHashLength = 16;

    // Where repositories on Hugging Face keep it.
    private static readonly string[] Places = [ModelFiles.Model, Path.Combine("onnx", ModelFiles.Model)];
    private static readonly string[] Tokenizers = [ModelFiles.Tokenizer, ModelFiles.Vocabulary];

    private ModelFolder()
    {
    }

    /// <summary>The folder's name, or <c>builtin:lexical</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>local</c> for a folder.</summary>
    public required string Revision { get; init; }

    /// <summary>Of most weights that are multiplied: <c>fp32</c>, <c>fp16</c>, <c>bf16</c>, <c>int8</c> or <c>int4</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>SHA-256, in hex, of the model file, its external data and the tokenizer file, one after the other.</summary>
    public required string Hash { get; init; }

    public required string OnnxPath { get; init; }

    /// <summary>Folder that holds <c>tokenizer.json</c> or <c>vocab.txt</c>.</summary>
    public required string TokenizerFolder { get; init; }

    /// <summary>Longest sequence that the model has positions for; null where <c>config.json</c> says nothing.</summary>
    public required int? MaxPositions { get; init; }

    /// <summary>Whether the graph has the input <c>token_type_ids</c>.</summary>
    public required bool HasTokenTypeIds { get; init; }

    /// <summary>Name of the output with the scores.</summary>
    public required string OutputName { get; init; }

    /// <summary>What scores are said to come from: <c>id@revision/precision/hash</c>, the hash cut to 16 digits.</summary>
    public string Identity => $"{Id}@{Revision}/{Precision}/{Hash[..IdentityHashLength]}";

    /// <summary>Opens <c>builtin:lexical</c> (made on first use) or a folder.</summary>
    /// <exception cref="ModelException">There is no such model, it is incomplete, damaged, or no cross-encoder with one label.</exception>
    public static ModelFolder Open(string reference) => Open(reference, ModelCache.DefaultFolder);

    /// <summary>Why pairs of so many tokens are not for this model, in words for a person; null if they are.</summary>
    public string? LengthProblem(int maxLength) => maxLength switch
    {
        < PairTokenizer.LeastLength => $"a pair has {PairTokenizer.LeastLength} special tokens alone.",
        _ when maxLength > MaxPositions => $"the model {Id} has positions for {MaxPositions:N0} tokens, so set at most that.",
        _ => null,
    };

    internal static ModelFolder Open(string reference, string cacheFolder)
    {
        if (reference == BuiltinLexical.Reference)
            return Read(BuiltinLexical.Ensure(cacheFolder), reference, BuiltinLexical.Revision);
        if (reference.StartsWith("builtin:", StringComparison.Ordinal))
            throw new ModelException($"There is no built-in model '{reference}'. Use {BuiltinLexical.Reference} or a folder.");

        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(reference));
        if (File.Exists(folder))
            throw new ModelException($"The model '{reference}' is a file. Give the folder with {ModelFiles.Model} and its tokenizer.");
        if (!Directory.Exists(folder))
        {
            throw new ModelException(
                $"There is no model folder '{reference}' ({folder}). Give a folder with {ModelFiles.Model}, {ModelFiles.Tokenizer} and "
                + $"{ModelFiles.Config}, or {BuiltinLexical.Reference}.");
        }

        return Read(folder, Path.GetFileName(folder), LocalRevision);
    }

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
                HasTokenTypeIds = ModelSignature.HasTokenTypeIds(outline.Graph, onnx),
                OutputName = ModelSignature.Output(outline.Graph, onnx, config.Labels),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The model folder {folder} cannot be read: {exception.Message}", exception);
        }
    }

    private static string? First(string folder, string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
