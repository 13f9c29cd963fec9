using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rerank.Shared.Messaging;

namespace Rerank.Shared.Hosting;

/// <summary>
/// How a stage ended. A BackgroundService that throws stops its host, but the process would exit 0: here the fault becomes the exit code.
/// </summary>
public sealed class StageOutcome(IHostApplicationLifetime lifetime, ILogger<StageOutcome> logger)
{
    /// <summary>Of the log line that tells <see cref="Failure"/>.</summary>
    public static readonly EventId FailureEvent = new(Log.StageFailedId);

    /// <summary>Interrupted until the work has ended: a host that is told to stop does not wait for it for ever.</summary>
    public int ExitCode { get; private set; } = Hosting.ExitCode.Interrupted;

    /// <summary>Message of the failure, if the stage failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Runs a stage's work to its end, records how it ended and stops the host.</summary>
    /// <param name="work">Returns the exit code.</param>
    /// <param name="stopping">Cancelled when the host is asked to stop; ending by it is no failure.</param>
    public async Task RunAsync(Func<CancellationToken, Task<int>> work, CancellationToken stopping)
    {
        try
        {
            ExitCode = await work(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            ExitCode = Hosting.ExitCode.Interrupted;
        }
        catch (StageFailedException failure)
        {
            Fail(failure.ExitCode, failure.Message);
        }
        catch (BrokerUnavailableException failure)
        {
            Fail(Hosting.ExitCode.Failed, failure.Message);
        }
        catch (Exception fault)
        {
            Log.StageFaulted(logger, fault);
            Failure = fault.Message;
            ExitCode = Hosting.ExitCode.Failed;
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private void Fail(int exitCode, string message)
    {
        Log.StageFailed(logger, message);
        Failure = message;
        ExitCode = exitCode;
    }
}
