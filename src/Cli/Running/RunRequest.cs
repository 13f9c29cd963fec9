namespace Rerank.Cli.Running;

/// <summary>What <c>run</c> is asked to do. Null means the stage's own default.</summary>
/// <param name="Input">Path of the source, or <c>-</c> for standard input.</param>
/// <param name="Output">Folder of the dataset.</param>
/// <param name="Format">Such as <c>jsonl</c>.</param>
/// <param name="Model">Model id or folder.</param>
/// <param name="Job">Name of the job; by default made from the input's name.</param>
/// <param name="MaxLength">Tokens a pair is cut to.</param>
/// <param name="MaxErrors">Bad records after which the job stops.</param>
/// <param name="Lanes">Forward passes side by side.</param>
/// <param name="Backend">Such as <c>cpu</c>.</param>
/// <param name="NatsUrl">A NATS server; null starts a private one.</param>
/// <param name="RuntimeLibrary">A native ONNX Runtime library instead of the packaged one.</param>
/// <param name="TargetLatency">p95 from queued to scored.</param>
/// <param name="TargetThroughput">Pairs a second, a floor.</param>
/// <param name="Priority">Which target is kept when both cannot be had; as in settings.</param>
internal sealed record RunRequest(
    string Input,
    string Output,
    string? Format = null,
    string? Model = null,
    string? Job = null,
    int? MaxLength = null,
    long? MaxErrors = null,
    int? Lanes = null,
    string? Backend = null,
    string? NatsUrl = null,
    string? RuntimeLibrary = null,
    TimeSpan? TargetLatency = null,
    int? TargetThroughput = null,
    string? Priority = null);
