using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Gate;

/// <summary>What a start gate looks at.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
/// <param name="Backend">Its backend.</param>
/// <param name="Device">What the backend runs on.</param>
/// <param name="Shapes">How passes become tensors: static shapes may compute otherwise than dynamic ones.</param>
internal sealed record GateSubject(ModelFolder Model, PairTokenizer Tokenizer, string Backend, string Device, string Shapes);
