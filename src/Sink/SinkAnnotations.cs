using Microsoft.Extensions.Options;

namespace Rerank.Sink;

[OptionsValidator]
internal sealed partial class SinkAnnotations : IValidateOptions<SinkOptions>;
