using Microsoft.Extensions.Options;

namespace Rerank.Ingest;

[OptionsValidator]
internal sealed partial class IngestAnnotations : IValidateOptions<IngestOptions>;
