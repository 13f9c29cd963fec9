namespace Rerank.Cli.Bench;

/// <summary>How much of an experiment is measured.</summary>
internal enum BenchScale
{
    /// <summary>As the reference did.</summary>
    Full,

    /// <summary>A few requests a configuration: that it runs, not how fast.</summary>
    Small,
}
