using Microsoft.Extensions.Options;
using Rerank.Shared.Contracts;

namespace Rerank.Sink;

internal sealed class SinkOptionsValidator : IValidateOptions<SinkOptions>
{
    public ValidateOptionsResult Validate(string? name, SinkOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.AddResult(new SinkAnnotations().Validate(name, options));
        if (string.IsNullOrWhiteSpace(options.Output))
            result.AddError("Sink__Output is not set; set it to the folder that the dataset is written to.");
        if (!Name.IsValid(options.Dataset))
            result.AddError($"Sink__Dataset is '{options.Dataset}'; it must be {Name.Rule}.");
        return result.Build();
    }
}
