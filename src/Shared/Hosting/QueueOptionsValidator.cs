using Microsoft.Extensions.Options;
using Rerank.Shared.Topology;

namespace Rerank.Shared.Hosting;

[OptionsValidator]
internal sealed partial class QueueOptionsValidator : IValidateOptions<QueueOptions>;
