using Microsoft.Extensions.Options;
using Rerank.Scorer.Inference;

namespace Rerank.Scorer;

internal sealed class ScorerOptionsValidator : IValidateOptions<ScorerOptions>
{
    public ValidateOptionsResult Validate(string? name, ScorerOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.AddResult(new ScorerAnnotations().Validate(name, options));
        if (string.IsNullOrWhiteSpace(options.Model))
            result.AddError("Scorer__Model is empty; name a model folder, or builtin:lexical.");
        // The library first: it says which backends there are.
        if (RuntimeLibrary.Use(options.RuntimeLibrary) is { } problem)
            result.AddError($"Scorer__RuntimeLibrary is '{options.RuntimeLibrary}'; {problem}");
        else if (Backends.Refusal(options.Backend) is { } refusal)
            result.AddError($"Scorer__Backend is '{options.Backend}'; {refusal}");
        if (options is { Backend: Backends.WebGpu, Lanes: > 1 })
            result.AddError($"Scorer__Lanes is '{options.Lanes}'; webgpu runs one pass at a time: set 1, or leave it out.");
        return result.Build();
    }
}
