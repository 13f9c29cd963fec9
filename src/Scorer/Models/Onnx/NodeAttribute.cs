namespace Rerank.Scorer.Models.Onnx;

/// <summary>Attributes of nodes.</summary>
internal static class NodeAttribute
{
    internal static AttributeProto Int(string name, long value) =>
        new() { Name = name, Type = AttributeType.AttributeInt, I = value };

    internal static AttributeProto Ints(string name, params ReadOnlySpan<long> values) =>
        new() { Name = name, Type = AttributeType.AttributeInts, Ints = { values.ToArray() } };

    internal static AttributeProto Float(string name, float value) =>
        new() { Name = name, Type = AttributeType.AttributeFloat, F = value };
}
