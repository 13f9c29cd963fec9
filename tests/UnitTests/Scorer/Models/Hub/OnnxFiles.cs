using Google.Protobuf;
using Rerank.Scorer.Models.Onnx;

namespace Rerank.UnitTests.Scorer.Models.Hub;

internal static class OnnxFiles
{
    /// <summary>The same model, except that its first weight says that it lies in another file.</summary>
    internal static byte[] WithExternalWeights(byte[] onnx, string location)
    {
        var model = ModelProto.Parser.ParseFrom(onnx);
        var tensor = model.Graph.Initializer[0];
        tensor.DataLocation = DataLocation.DataExternal;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        return model.ToByteArray();
    }
}
