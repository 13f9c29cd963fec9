namespace Rerank.Shared.Contracts;

/// <summary>One query and one document to be scored together; one message on the PAIRS stream.</summary>
/// <param name="Id">The publisher's name of the pair; carried through to the dataset, not required to be unique.</param>
/// <param name="QueryId">The publisher's, or a hash of the query text.</param>
/// <param name="DocumentId">The publisher's, if there is one.</param>
/// <param name="Rank">Rank in the first stage's run, from 1, if known.</param>
/// <param name="Query">Query text.</param>
/// <param name="Document">Document text, at most <see cref="PairCodec.DefaultMaxDocumentBytes"/> of UTF-8 unless set otherwise.</param>
/// <param name="Truncated">The document was cut to its byte limit.</param>
public sealed record Pair(
    string Id,
    string QueryId,
    string? DocumentId,
    int? Rank,
    string Query,
    string Document,
    bool Truncated);
