using System.Text;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Cli.Output;

/// <summary>A model as <c>model info</c> shows it.</summary>
/// <param name="Identity">id@revision/precision/hash, as datasets name it.</param>
/// <param name="Precision">Such as fp32.</param>
/// <param name="Onnx">Path of the graph.</param>
/// <param name="OnnxBytes">Size of that file.</param>
/// <param name="Tokenizer">Folder of the tokenizer.</param>
/// <param name="TokenizerCheck">What Microsoft.ML.Tokenizers says about it, or why it cannot be used.</param>
/// <param name="MaxPositions">Tokens that the model takes at most; null if it does not say.</param>
/// <param name="HasTokenTypeIds">The graph takes token_type_ids.</param>
internal sealed record ModelInfo(
    string Identity, string Precision, string Onnx, long OnnxBytes, string Tokenizer, string TokenizerCheck, int? MaxPositions, bool HasTokenTypeIds)
{
    internal static ModelInfo Of(ModelFolder model) => new(
        model.Identity,
        model.Precision,
        model.OnnxPath,
        new FileInfo(model.OnnxPath).Length,
        model.TokenizerFolder,
        Check(model.TokenizerFolder),
        model.MaxPositions,
        model.HasTokenTypeIds);

    internal string ToText()
    {
        var text = new StringBuilder();
        text.Append($"identity      {Identity}\n");
        text.Append($"graph         {Onnx} ({OnnxBytes:N0} bytes, {Precision})\n");
        text.Append($"tokenizer     {Tokenizer}\n");
        text.Append($"              {TokenizerCheck}\n");
        text.Append($"max positions {MaxPositions?.ToString() ?? "not said"}\n");
        text.Append($"inputs        input_ids, attention_mask{(HasTokenTypeIds ? ", token_type_ids" : "")}");
        return text.ToString();
    }

    private static string Check(string folder)
    {
        try
        {
            return Scorer.Gate.TokenizerCheck.Of(folder).ToString();
        }
        catch (TokenizerException e)
        {
            return e.Message;
        }
    }
}
