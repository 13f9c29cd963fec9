using Microsoft.Extensions.Options;

namespace Rerank.Scorer;

[OptionsValidator]
internal sealed partial class ScorerAnnotations : IValidateOptions<ScorerOptions>;
