namespace Rerank.Shared.Topology;

/// <summary>
/// Every subject, stream, consumer, bucket and key, each built here and nowhere else and prefixed with the namespace, so that several
/// pipelines and all tests share one server.
/// </summary>
/// <param name="Namespace"><see cref="Contracts.Name"/> rules.</param>
public sealed record Names(string Namespace)
{
    public const string DefaultNamespace = "rerank";

    /// <summary>Filter of every <see cref="ScorerKey"/>.</summary>
    public const string AllScorers = "scorer.*";

    public string PairsStream => $"{Namespace}-PAIRS";

    public string ScoresStream => $"{Namespace}-SCORES";

    public string DeadStream => $"{Namespace}-DEAD";

    public string AllPairs => $"{Namespace}.pairs.*";

    public string AllScores => $"{Namespace}.scores.*.*";

    public string AllDead => $"{Namespace}.dead.*.*";

    /// <summary>Bucket of specs and states; keeps its entries.</summary>
    public string JobsBucket => $"{Namespace}-jobs";

    /// <summary>Bucket of leases and heartbeats; its entries expire.</summary>
    public string LiveBucket => $"{Namespace}-live";

    public string PairsSubject(string job) => $"{Namespace}.pairs.{job}";

    public string ScoresSubject(string dataset, string job) => $"{Namespace}.scores.{dataset}.{job}";

    public string DeadSubject(string dataset, string job) => $"{Namespace}.dead.{dataset}.{job}";

    public string ScoresOfDataset(string dataset) => $"{Namespace}.scores.{dataset}.*";

    public string DeadOfDataset(string dataset) => $"{Namespace}.dead.{dataset}.*";

    /// <summary>Durable consumer of one job on PAIRS, shared by all Scorers.</summary>
    public string PairsConsumer(string job) => $"{Namespace}-{job}";

    /// <summary>Durable consumer of one dataset on SCORES, and the one of the same name on DEAD.</summary>
    public string SinkConsumer(string dataset) => $"{Namespace}-sink-{dataset}";

    public static string SpecKey(string job) => $"{job}.spec";

    public static string IngestKey(string job) => $"{job}.ingest";

    public static string SinkKey(string job) => $"{job}.sink";

    /// <summary>Full model identity that the job's first Scorer bound it to.</summary>
    public static string ModelKey(string job) => $"{job}.model";

    /// <summary>Mark of a pair that is being run alone because earlier deliveries ended without a result.</summary>
    public static string MarkKey(string job, ulong streamSequence) => $"{job}.mark.{streamSequence}";

    public static string SinkLeaseKey(string dataset) => $"sink-{dataset}";

    public static string IngestLeaseKey(string job) => $"ingest-{job}";

    public static string ScorerKey(string scorer) => $"scorer.{scorer}";

    /// <summary>The job of a <see cref="SpecKey"/>, or null for any other key.</summary>
    public static string? JobOfSpecKey(string key) => JobOf(key, ".spec");

    /// <summary>The job of a <see cref="SpecKey"/> or <see cref="SinkKey"/>, or null for any other key.</summary>
    public static string? JobOfSpecOrSinkKey(string key) => JobOf(key, ".spec") ?? JobOf(key, ".sink");

    private static string? JobOf(string key, string ending) => key.EndsWith(ending, StringComparison.Ordinal) ? key[..^ending.Length] : null;
}
