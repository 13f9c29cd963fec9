using Rerank.Ingest.Sources;
using Rerank.Shared;
using Rerank.Shared.Contracts;

namespace Rerank.Ingest.Jobs;

/// <summary>The spec of the job that a set of options makes.</summary>
public static class JobSpecs
{
    /// <summary>Looks at the input, which must be there, without reading its records.</summary>
    /// <exception cref="Shared.Hosting.StageFailedException">It cannot be read.</exception>
    public static JobSpec For(IngestOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        For(options, SourceFile.Inspect(options.Input!, options.Format, cancellationToken), time);

    internal static JobSpec For(IngestOptions options, SourceFile source, TimeProvider time)
    {
        var job = options.Job
            ?? (source.CanReadAgain ? JobNames.ForFile(source.Name, options.Format) : JobNames.ForStandardInput(time));
        return new JobSpec(
            job, JobKind.Ingested, options.Dataset, options.Model, options.MaxLength, source.ToJobSource(), ToolVersion.Text);
    }
}
