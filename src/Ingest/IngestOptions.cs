using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Ingest;

/// <summary>What to read and which job to make of it (section <c>Ingest</c>).</summary>
public sealed class IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>The special tokens of a pair, and one of the text.</summary>
    public const int LeastMaxLength = 4;

    public const int MostMaxLength = 8192;

    /// <summary>File to read, or <c>-</c> for standard input. A name that ends in <c>.gz</c> is decompressed. Required.</summary>
    public string? Input { get; set; }

    /// <summary>Format of the input. Default <c>jsonl</c>, one JSON object a line.</summary>
    public string Format { get; set; } = "jsonl";

    /// <summary>Name of the job. Default: made from the input's path and format, so that the same command resumes its job.</summary>
    public string? Job { get; set; }

    /// <summary>Id of the dataset that the scores go to. Default <c>default</c>.</summary>
    public string Dataset { get; set; } = "default";

    /// <summary>Id or full identity of the model that is to score the job. Default <c>builtin:lexical</c>.</summary>
    public string Model { get; set; } = "builtin:lexical";

    /// <summary>Tokens a pair is cut to, special tokens included. Default 512.</summary>
    [Limits(LeastMaxLength, MostMaxLength)]
    public int MaxLength { get; set; } = 512;

    /// <summary>Records that may be bad before the job stops. Default: any number.</summary>
    [Limits(0)]
    public long? MaxErrors { get; set; }

    /// <summary>Records on their way to the broker at once. Default 512.</summary>
    [Limits(1, 16_384)]
    public int MaxInFlight { get; set; } = 512;

    /// <summary>Bytes of UTF-8 that a document is cut to. Default 64 KiB.</summary>
    [Limits(1, 512 * 1024)]
    public int MaxDocumentBytes { get; set; } = PairCodec.DefaultMaxDocumentBytes;

    /// <summary>Records between two checkpoints; one is written every second anyway. Default 5,000.</summary>
    [Limits(1, 1_000_000)]
    public int CheckpointEvery { get; set; } = 5000;
}
