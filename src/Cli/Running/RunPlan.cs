using Rerank.Cli.Embedded;
using Rerank.Cli.Pulling;
using Rerank.Ingest;
using Rerank.Ingest.Jobs;
using Rerank.Scorer;
using Rerank.Scorer.Models;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using Rerank.Sink.Dataset;

namespace Rerank.Cli.Running;

/// <summary>A request with all that can be known of it before anything is started.</summary>
internal sealed class RunPlan
{
    private readonly JobManifest? _manifest;
    private readonly bool _hasBroker;

    private RunPlan(StageSettings settings, JobSpec spec, string output, JobManifest? manifest, bool hasBroker)
    {
        Settings = settings;
        Spec = spec;
        Output = output;
        _manifest = manifest;
        _hasBroker = hasBroker;
    }

    internal StageSettings Settings { get; }

    internal JobSpec Spec { get; }

    /// <summary>Full path of the dataset.</summary>
    internal string Output { get; }

    /// <summary>Null where it says nothing of the progress: standard input, a compressed file.</summary>
    internal long? SourceBytes =>
        File.Exists(Spec.Source!.Name) && !Spec.Source.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new FileInfo(Spec.Source.Name).Length
            : null;

    /// <summary>The result of the job if the dataset has it complete.</summary>
    internal RunResult? Finished => _manifest is { Complete: true }
        ? new RunResult(
            Spec.Job,
            _manifest.Rows,
            _manifest.Dead,
            _manifest.Rows + _manifest.Dead,
            Scored: 0,
            Seconds: null,
            PairsPerSecond: null,
            AlreadyComplete: true,
            Output,
            Scores)
        : null;

    /// <summary>The same, if no broker can have anything to add: there are no dead letters that could have been retried.</summary>
    internal RunResult? FinishedForGood => Finished is { } finished && (finished.Dead == 0 || !_hasBroker) ? finished : null;

    private string Scores => Path.Combine(new DatasetFolder(Output).ScoresOf(Spec.Job), "*.parquet");

    /// <exception cref="StageFailedException">The request cannot be done; the message has every reason.</exception>
    internal static async Task<RunPlan> ForAsync(RunRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        request = request with { Model = request.Model ?? new ScorerOptions().Model };
        var errors = new List<string>();
        var (model, failure) = await FindModelAsync(
            request.Model, request.MaxLength ?? new IngestOptions().MaxLength, errors, time, cancellationToken);
        errors.AddRange(PipelineRun.SettingErrors(StageSettings.For(request, "unknown", model ?? request.Model)));
        if (request.NatsUrl is { } url)
            errors.AddRange(NatsErrors(url));
        if (failure is not null && errors.Count == 0)
            throw failure;
        if (errors.Count > 0)
            throw new StageFailedException(ExitCode.WrongUsage, string.Join('\n', failure is null ? errors : [failure.Message, .. errors]));

        var output = Path.GetFullPath(request.Output);
        var dataset = DatasetFile.Read(output)?.Id ?? $"ds-{Guid.NewGuid().ToString("N")[..8]}";
        var spec = JobSpecs.For(
            new IngestOptions
            {
                Input = request.Input == "-" ? "-" : Path.GetFullPath(request.Input),
                Format = request.Format ?? new IngestOptions().Format,
                Job = request.Job,
                Dataset = dataset,
                Model = model!,
                MaxLength = request.MaxLength ?? new IngestOptions().MaxLength,
            },
            time,
            cancellationToken);
        var manifest = JobManifest.Read(output, spec.Job);
        if (manifest?.Spec is { } stored && spec.DifferencesFrom(stored) is { Count: > 0 } differences)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage,
                $"The job '{spec.Job}' in {output} is another one: {string.Join("; ", differences)}. "
                + "Give this one a name of its own with --job, or repeat the first command.");
        }

        // The id must be the same after a crash at any moment from here on.
        DatasetFile.Claim(output, dataset, time);
        var settings = StageSettings.For(request with { Job = spec.Job }, dataset, model!);
        return new RunPlan(settings, spec, output, manifest, request.NatsUrl is not null || new BrokerFolder(output).HasStore);
    }

    internal RunResult ResultOf(JobStatus status, TimeSpan elapsed)
    {
        var (rows, dead) = (status.Sink!.Written, status.Sink.Dead);
        var scored = rows - (_manifest?.Rows ?? 0);
        return new RunResult(
            Spec.Job,
            rows,
            dead,
            status.Ingest?.Total ?? rows + dead,
            scored,
            Math.Round(elapsed.TotalSeconds, 3),
            Math.Round(scored / elapsed.TotalSeconds, 1),
            AlreadyComplete: false,
            Output,
            Scores);
    }

    private static string[] NatsErrors(string url)
    {
        try
        {
            BrokerSettings.FromEnvironment(url);
            return [];
        }
        catch (StageFailedException e)
        {
            return [e.Message];
        }
    }

    private static async Task<(string? Identity, ModelException? Failure)> FindModelAsync(
        string model, int maxLength, List<string> errors, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var folder = await OpenedModel.OpenAsync(model, time, cancellationToken);
            if (folder.LengthProblem(maxLength) is { } problem)
                errors.Add($"--max-length is '{maxLength}'; {problem}");
            return (folder.Identity, null);
        }
        catch (ModelException e)
        {
            return (null, e);
        }
    }
}
