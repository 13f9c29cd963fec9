using Microsoft.Extensions.Options;
using Rerank.Shared.Messaging;

namespace Rerank.Shared.Hosting;

[OptionsValidator]
internal sealed partial class NatsAnnotations : IValidateOptions<NatsOptions>;
