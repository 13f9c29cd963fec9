namespace Rerank.Scorer.Inference;

/// <summary>What runs a model. Its name in settings and in the <c>backend</c> column: <see cref="Backends.NameOf"/>.</summary>
internal enum Backend
{
    Cpu,
    CoreML,
    WebGpu,
    Cuda,
}
