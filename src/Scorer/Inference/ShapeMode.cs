namespace Rerank.Scorer.Inference;

/// <summary>How the shapes of forward passes become those of tensors.</summary>
public enum ShapeMode
{
    /// <summary>Bucketed on CoreML, dynamic elsewhere.</summary>
    Auto,

    /// <summary>One session for all shapes: a tensor is as large as its pass.</summary>
    Dynamic,

    /// <summary>A session for each of a few static shapes: passes are padded up to them.</summary>
    Bucketed,
}
