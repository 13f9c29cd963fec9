using Microsoft.ML.OnnxRuntime;

namespace Rerank.Scorer.Inference;

/// <summary>What the runtime says of a failure, as one sentence of a longer message.</summary>
internal static class RuntimeMessage
{
    internal static string Of(OnnxRuntimeException exception) =>
        string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.') + ".";
}
