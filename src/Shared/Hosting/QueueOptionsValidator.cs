using Microsoft.Extensions.Options;
using Rerank.Shared.Topology;

namespace Rerank.Shared.Hosting;

/// <summary>Says what is wrong with the sizes and times of the queues.</summary>
[OptionsValidator]
public sealed partial class QueueOptionsValidator : IValidateOptions<QueueOptions>;
