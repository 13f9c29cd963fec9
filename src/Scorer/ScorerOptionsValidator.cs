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
        if (Backends.Refusal(options.Backend) is { } refusal)
            result.AddError($"Scorer__Backend is '{options.Backend}'; {refusal}");
        return result.Build();
    }
}
