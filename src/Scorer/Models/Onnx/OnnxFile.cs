using Google.Protobuf;

namespace Rerank.Scorer.Models.Onnx;

/// <summary>ONNX files: outlines read without their weights, models written without holding their weights.</summary>
internal static class OnnxFile
{
    // A tensor's raw_data, a graph's initializer and a model's graph, as they stand in the schema.
    private static readonly uint RawDataTag = TagOf(TensorProto.RawDataFieldNumber);
    private static readonly uint InitializerTag = TagOf(GraphProto.InitializerFieldNumber);
    private static readonly uint GraphTag = TagOf(ModelProto.GraphFieldNumber);

    /// <exception cref="ModelException">The file is not a whole ONNX model.</exception>
    internal static ModelOutline ReadOutline(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            var outline = ModelOutline.Parser.WithDiscardUnknownFields(discardUnknownFields: true).ParseFrom(file);
            if (outline.Graph is null || outline.Graph.Node.Count == 0)
            {
                throw new ModelException(
                    $"{path} ({file.Length:N0} bytes) holds no graph: it is not an ONNX model. Fetch or export it again.");
            }

            return outline;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new ModelException($"{path} is not a readable ONNX model: {Damage(file)}. Fetch or export it again.", exception);
        }
    }

    /// <summary>Writes a model, then the values of <paramref name="streamed"/> one tensor at a time.</summary>
    internal static void Write(Stream stream, ModelProto model, IReadOnlyList<StreamedTensor> streamed)
    {
        var head = model.Clone();
        head.Graph = null;
        var graphSize = checked(
            model.Graph.CalculateSize() + streamed.Sum(tensor => FieldSize(InitializerTag, TensorSize(tensor))));
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        head.WriteTo(output);
        output.WriteTag(GraphTag);
        output.WriteLength(graphSize);
        model.Graph.WriteTo(output);
        foreach (var tensor in streamed)
        {
            output.WriteTag(InitializerTag);
            output.WriteLength(TensorSize(tensor));
            tensor.Header.WriteTo(output);
            output.WriteTag(RawDataTag);
            output.WriteLength(tensor.ByteCount);
            output.Flush();
            tensor.WriteValues(stream);
        }
    }

    private static uint TagOf(int field) => WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited);

    private static int TensorSize(StreamedTensor tensor) => tensor.Header.CalculateSize() + FieldSize(RawDataTag, tensor.ByteCount);

    private static int FieldSize(uint tag, int length) =>
        checked(CodedOutputStream.ComputeRawVarint32Size(tag) + CodedOutputStream.ComputeLengthSize(length) + length);

    /// <summary>Says how far a file that could not be parsed is sound.</summary>
    private static string Damage(FileStream file)
    {
        file.Position = 0;
        using var input = new CodedInputStream(file, leaveOpen: true);
        var sound = 0L;
        try
        {
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                if (tag == GraphTag && input.ReadLength() is var length && input.Position + length > file.Length)
                    return $"it is truncated at {file.Length:N0} bytes, its graph alone should end at byte {input.Position + length:N0}";
                if (tag == GraphTag)
                    return $"its graph, from byte {input.Position:N0} on, is malformed";
                input.SkipLastField();
                sound = input.Position;
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // The fields before it are what can be told.
        }

        return $"only its first {sound:N0} of {file.Length:N0} bytes make sense";
    }
}
