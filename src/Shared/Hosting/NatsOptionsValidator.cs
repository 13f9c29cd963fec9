using Microsoft.Extensions.Options;
using Rerank.Shared.Contracts;
using Rerank.Shared.Messaging;

namespace Rerank.Shared.Hosting;

/// <summary>Says what is wrong with the settings of a connection before one is tried.</summary>
public sealed class NatsOptionsValidator : IValidateOptions<NatsOptions>
{
    public ValidateOptionsResult Validate(string? name, NatsOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.AddResult(new NatsAnnotations().Validate(name, options));
        if (NatsUrls.FindInvalid(options.Url) is { } invalid)
            result.AddError($"Nats__Url has '{invalid}', which is no NATS address; write nats://host:4222, or tls://, ws://, wss://.");
        if (!Name.IsValid(options.Namespace))
            result.AddError($"Nats__Namespace is '{options.Namespace}'; it must be {Name.Rule}.");
        foreach (var file in new[] { ("Nats__CredsFile", options.CredsFile), ("Nats__NKeyFile", options.NKeyFile) })
        {
            if (file.Item2 is { } path && !File.Exists(path))
                result.AddError($"{file.Item1} is '{path}'; there is no such file.");
        }

        return result.Build();
    }
}
