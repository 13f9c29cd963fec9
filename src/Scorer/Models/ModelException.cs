using Rerank.Shared.Hosting;

namespace Rerank.Scorer.Models;

/// <summary>
/// A model that cannot be used or made. The message names the value, the place and the fix, and is meant for the user. The exit code is 2
/// where the model that was named will not do, whatever is tried; 1 where the work failed: on the network, on a disk, in a pass.
/// </summary>
public sealed class ModelException : StageFailedException
{
    public ModelException(string message)
        : this(Shared.Hosting.ExitCode.WrongUsage, message, innerException: null)
    {
    }

    public ModelException(string message, Exception innerException)
        : this(Shared.Hosting.ExitCode.WrongUsage, message, innerException)
    {
    }

    private ModelException(int exitCode, string message, Exception? innerException)
        : base(exitCode, message, innerException)
    {
    }

    /// <summary>The work failed; the same command may do another time.</summary>
    internal static ModelException WorkFailed(string message, Exception? innerException = null) =>
        new(Shared.Hosting.ExitCode.Failed, message, innerException);

    /// <summary>The same failure, with words before it.</summary>
    internal static ModelException Explained(string words, ModelException failure) => new(failure.ExitCode, $"{words} {failure.Message}", failure);
}
