namespace Rerank.Cli.Running;

/// <summary>The settings of a run's stages, as the arguments of their hosts; they win over the environment.</summary>
internal sealed record StageSettings(string[] Ingest, string[] Scorer, string[] Sink)
{
    /// <summary>Names of settings as the user of <c>run</c> knows them, for error messages.</summary>
    private static readonly (string Setting, string Option)[] OptionNames =
    [
        ("Ingest__Input", "--input"),
        ("Ingest__Format", "--format"),
        ("Ingest__Job", "--job"),
        ("Ingest__MaxErrors", "--max-errors"),
        ("Ingest__MaxLength", "--max-length"),
        ("Ingest__Model", "--model"),
        ("Scorer__Model", "--model"),
        ("Scorer__Lanes", "--scorers"),
        ("Scorer__Backend", "--backend"),
        ("Scorer__RuntimeLibrary", "--runtime-library"),
        ("Scorer__TargetLatency", "--target-latency"),
        ("Scorer__TargetThroughput", "--target-throughput"),
        ("Scorer__Priority", "--priority"),
        ("Sink__Output", "--output"),
        ("Nats__Url", "--nats"),
    ];

    internal static StageSettings For(RunRequest request, string dataset, string modelIdentity)
    {
        string[] ingest =
        [
            .. Setting("Ingest:Input", request.Input == "-" ? "-" : Path.GetFullPath(request.Input)),
            .. Setting("Ingest:Format", request.Format),
            .. Setting("Ingest:Job", request.Job),
            .. Setting("Ingest:Dataset", dataset),
            .. Setting("Ingest:Model", modelIdentity),
            .. Setting("Ingest:MaxLength", request.MaxLength),
            .. Setting("Ingest:MaxErrors", request.MaxErrors),
        ];
        string[] scorer =
        [
            .. Setting("Scorer:Model", request.Model),
            .. Setting("Scorer:Lanes", request.Lanes),
            .. Setting("Scorer:Backend", request.Backend),
            .. Setting("Scorer:RuntimeLibrary", request.RuntimeLibrary is { } library ? Path.GetFullPath(library) : null),
            .. Setting("Scorer:TargetLatency", request.TargetLatency),
            .. Setting("Scorer:TargetThroughput", request.TargetThroughput),
            .. Setting("Scorer:Priority", request.Priority),
        ];
        string[] sink = [.. Setting("Sink:Output", Path.GetFullPath(request.Output)), .. Setting("Sink:Dataset", dataset)];
        return new StageSettings(ingest, scorer, sink);
    }

    /// <summary>The same, at a broker: a private one has its own namespace and sizes, a named one those of the environment.</summary>
    internal StageSettings At(string url, long? privateStreamBytes)
    {
        string[] broker = privateStreamBytes is { } bytes
            ? [$"--Nats:Url={url}", $"--Nats:Namespace={Shared.Topology.Names.DefaultNamespace}", $"--Queue:MaxBytes={bytes}", "--Queue:Replicas=1"]
            : [$"--Nats:Url={url}"];
        return new StageSettings([.. Ingest, .. broker], [.. Scorer, .. broker], [.. Sink, .. broker]);
    }

    /// <summary>The message with the command's options in place of the settings.</summary>
    internal static string InOptions(string message) =>
        OptionNames.Aggregate(message, (text, name) => text.Replace(name.Setting, name.Option, StringComparison.Ordinal));

    private static IEnumerable<string> Setting<T>(string key, T? value) => value is null ? [] : [$"--{key}={value}"];
}
