namespace Rerank.Scorer.Tokenization;

/// <summary>A tokenizer that cannot be loaded or used; the message tells the user what is wrong and what to do.</summary>
public sealed class TokenizerException(string message, Exception? innerException = null) : Exception(message, innerException);
