namespace Rerank.Scorer.Models;

/// <summary>A model that cannot be used or made. The message names the value, the place and the fix, and is meant for the user.</summary>
public sealed class ModelException : Exception
{
    public ModelException(string message)
        : base(message)
    {
    }

    public ModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
