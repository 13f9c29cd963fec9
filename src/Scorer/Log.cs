using Microsoft.Extensions.Logging;

namespace Rerank.Scorer;

internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Information, "Scorer {Scorer}: model {Model} on {Backend} ({Device}), {Layout}, {Shapes} shapes, passes of up to {MaxPassTokens} tokens, target latency in ms: {TargetLatencyMs}, target throughput in pairs/s: {TargetThroughput}")]
    internal static partial void Started(
        ILogger logger,
        string scorer,
        string model,
        string backend,
        string device,
        string layout,
        Inference.ShapeMode shapes,
        int maxPassTokens,
        string targetLatencyMs,
        string targetThroughput);

    [LoggerMessage(301, LogLevel.Information, "Serving job {Job} with {Model}")]
    internal static partial void Serving(ILogger logger, string job, string model);

    [LoggerMessage(302, LogLevel.Warning, "Job {Job} asks for model {Wanted}; this scorer has {Model} and leaves it to others")]
    internal static partial void OtherModel(ILogger logger, string job, string wanted, string model);

    [LoggerMessage(303, LogLevel.Error, "Job {Job} was begun with model {Bound}; this scorer has {Model} and will not mix their scores")]
    internal static partial void BoundToOtherModel(ILogger logger, string job, string bound, string model);

    [LoggerMessage(314, LogLevel.Error, "Job {Job} is not served: its max length is {MaxLength}; {Problem} Close it and open one of another name")]
    internal static partial void WrongLength(ILogger logger, string job, int maxLength, string problem);

    [LoggerMessage(304, LogLevel.Warning, "Pulling from job {Job} failed, trying again: {Reason}")]
    internal static partial void PullFailed(ILogger logger, string job, string reason);

    [LoggerMessage(305, LogLevel.Warning, "A pair of job {Job} (ordinal {Ordinal}) went to the dead letters: {Reason}: {Detail}")]
    internal static partial void Buried(ILogger logger, string job, long? ordinal, string reason, string detail);

    [LoggerMessage(306, LogLevel.Information, "Draining: passes in hand are finished, {Waiting} waiting pairs go back to the queue")]
    internal static partial void Draining(ILogger logger, int waiting);

    [LoggerMessage(307, LogLevel.Information, "Scored {Pairs} pairs, {Tokens} tokens")]
    internal static partial void Ended(ILogger logger, long pairs, long tokens);

    [LoggerMessage(308, LogLevel.Debug, "A heartbeat could not be written: {Reason}")]
    internal static partial void HeartbeatMissed(ILogger logger, string reason);

    [LoggerMessage(309, LogLevel.Warning, "Watching the jobs failed, trying again: {Reason}")]
    internal static partial void WatchFailed(ILogger logger, string reason);

    [LoggerMessage(310, LogLevel.Warning, "The broker did not take the last scores within {Grace}; their pairs will be delivered again")]
    internal static partial void DrainGivenUp(ILogger logger, TimeSpan grace);

    [LoggerMessage(311, LogLevel.Information, "Pulling {Model}: {File}, of {Bytes} bytes in all")]
    internal static partial void PullingModel(ILogger logger, string model, string file, long? bytes);

    [LoggerMessage(312, LogLevel.Warning, "Pulling {Model} waits: {Trouble}")]
    internal static partial void PullWaits(ILogger logger, string model, string trouble);

    [LoggerMessage(313, LogLevel.Warning, "The scores of {Model} depend on what else is in a pass (its int8 scales span the pass): every pair runs alone")]
    internal static partial void OneRowAPass(ILogger logger, string model);

    [LoggerMessage(330, LogLevel.Information, "Calibrated: {Shapes} shapes of passes in {Seconds:0.0} s")]
    internal static partial void Calibrated(ILogger logger, int shapes, double seconds);

    [LoggerMessage(331, LogLevel.Information, "Calibration skipped: known from {Path}")]
    internal static partial void CalibrationFound(ILogger logger, string path);

    [LoggerMessage(332, LogLevel.Information, "The calibration in {Path} is not used, and made again: {Problem}")]
    internal static partial void CalibrationNotUsed(ILogger logger, string path, string problem);

    [LoggerMessage(333, LogLevel.Warning, "What was learned could not be kept in {Path}, and the next start will calibrate again: {Problem}")]
    internal static partial void CalibrationNotSaved(ILogger logger, string path, string problem);

    [LoggerMessage(334, LogLevel.Warning, "Calibration ended early, a pass failed: {Reason}")]
    internal static partial void CalibrationStopped(ILogger logger, string reason);

    [LoggerMessage(340, LogLevel.Warning, "Target latency missed: p95 is {P95Ms:0} ms, not {TargetMs:0} ms; with these lengths {ReachableMs:0} ms can be had here")]
    internal static partial void LatencyMissed(ILogger logger, double p95Ms, double targetMs, double? reachableMs);

    [LoggerMessage(341, LogLevel.Warning, "Target latency missed: pairs wait in the queue, p95 is {P95Ms:0} ms, not {TargetMs:0} ms; from receipt to score it is {ReceiptMs:0} ms")]
    internal static partial void LatencyMissedUnderBacklog(ILogger logger, double p95Ms, double targetMs, double receiptMs);

    [LoggerMessage(342, LogLevel.Information, "Target latency met again: p95 is within {TargetMs:0} ms")]
    internal static partial void LatencyMet(ILogger logger, double targetMs);

    [LoggerMessage(343, LogLevel.Warning, "Target throughput missed: {Rate:0} pairs/s, not {Target:0}, although pairs are waiting; {Reachable:0} can be had here")]
    internal static partial void ThroughputMissed(ILogger logger, double rate, double target, double? reachable);

    [LoggerMessage(344, LogLevel.Information, "Target throughput met again, or nothing more is waiting: {Target:0} pairs/s")]
    internal static partial void ThroughputMet(ILogger logger, double target);

    [LoggerMessage(315, LogLevel.Error, "The entry {Key} of the jobs cannot be read, so its job is left alone; open the job again under another name: {Reason}")]
    internal static partial void UnreadableJob(ILogger logger, string key, string reason);

    [LoggerMessage(320, LogLevel.Information, "Start gate: {Model} on {Backend} is what others are compared with; there is nothing to compare")]
    internal static partial void GateNothingToCompare(ILogger logger, string model, string backend);

    [LoggerMessage(321, LogLevel.Information, "Start gate passed: {Model} on {Backend}: {Findings}")]
    internal static partial void GatePassed(ILogger logger, string model, string backend, string findings);

    [LoggerMessage(322, LogLevel.Warning, "{Problem}")]
    internal static partial void GateFailed(ILogger logger, string problem);

    [LoggerMessage(325, LogLevel.Information, "Tokenizer of {Model}: {Findings}")]
    internal static partial void TokenizerChecked(ILogger logger, string model, string findings);

    [LoggerMessage(323, LogLevel.Information, "auto: not {Backend}: {Reason}")]
    internal static partial void BackendPassedOver(ILogger logger, string backend, string reason);

    [LoggerMessage(324, LogLevel.Information, "{Backend} was tried and is {Speed}: {Reason}")]
    internal static partial void Probed(ILogger logger, string backend, string speed, string reason);
}
