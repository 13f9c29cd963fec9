namespace Rerank.Scorer.Models.Onnx;

/// <summary>An initializer whose values are made while they are written, so that a model never lies in memory as a whole.</summary>
/// <param name="Header">Name, type and dimensions, without values.</param>
/// <param name="ByteCount">Bytes that <paramref name="WriteValues"/> writes.</param>
/// <param name="WriteValues">Writes the values as they lie in the file.</param>
internal sealed record StreamedTensor(TensorProto Header, int ByteCount, Action<Stream> WriteValues);
