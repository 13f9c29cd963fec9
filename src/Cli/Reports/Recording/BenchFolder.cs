namespace Rerank.Cli.Reports.Recording;

/// <summary>The paths of what the bench adds to a dataset's folder; <c>scores</c> and <c>batches</c> are the Sink's.</summary>
internal sealed class BenchFolder(string path)
{
    /// <summary>Full path.</summary>
    internal string Path { get; } = System.IO.Path.GetFullPath(path);

    internal string Runs => System.IO.Path.Combine(Path, "runs");

    internal string Requests => System.IO.Path.Combine(Path, "requests");

    internal string Scores => System.IO.Path.Combine(Path, "scores");

    internal string Batches => System.IO.Path.Combine(Path, "batches");

    internal string RunFile(string run) => System.IO.Path.Combine(Runs, $"{run}.json");

    internal string RequestsFile(Measurement measurement) =>
        System.IO.Path.Combine(Requests, $"{measurement.Run}-{measurement.Configuration}-{measurement.Repeat}.parquet");

    /// <summary>Batches of a measurement that no Sink wrote, as of a simulation.</summary>
    internal string BatchesFile(Measurement measurement) =>
        System.IO.Path.Combine(Batches, $"{measurement.Run}-{measurement.Configuration}-{measurement.Repeat}.parquet");
}
