using Microsoft.Extensions.Options;
using Rerank.Ingest.Sources;
using Rerank.Shared.Contracts;

namespace Rerank.Ingest;

internal sealed class IngestOptionsValidator : IValidateOptions<IngestOptions>
{
    public ValidateOptionsResult Validate(string? name, IngestOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.AddResult(new IngestAnnotations().Validate(name, options));
        if (InputProblem(options.Input) is { } problem)
            result.AddError(problem);
        if (!SourceFormats.Supported.Contains(options.Format))
            result.AddError($"Ingest__Format is '{options.Format}'; this build reads: {string.Join(", ", SourceFormats.Supported)}.");
        if (options.Job is not null && !Name.IsValid(options.Job))
            result.AddError($"Ingest__Job is '{options.Job}'; it must be {Name.Rule}.");
        if (!Name.IsValid(options.Dataset))
            result.AddError($"Ingest__Dataset is '{options.Dataset}'; it must be {Name.Rule}.");
        if (string.IsNullOrWhiteSpace(options.Model))
            result.AddError("Ingest__Model is empty; name the model that is to score the job, such as builtin:lexical.");
        return result.Build();
    }

    private static string? InputProblem(string? input)
    {
        if (string.IsNullOrEmpty(input))
            return "Ingest__Input is not set; name a file, or - for standard input.";
        if (input == SourceFile.StandardInput || File.Exists(input))
            return null;
        return Directory.Exists(input)
            ? $"Ingest__Input is '{input}', a folder; name a file in it."
            : $"Ingest__Input is '{input}'; there is no such file.";
    }
}
