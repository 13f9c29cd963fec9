namespace Rerank.Scorer.Tokenization;

/// <summary>A token that is found in the text before words are made.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Id">Its id.</param>
/// <param name="SingleWord">Only where no word character is beside it.</param>
/// <param name="TakesSpaceBefore">White space before it is part of it.</param>
/// <param name="TakesSpaceAfter">White space after it is part of it.</param>
/// <param name="Normalized">Looked for in the normalized text, in its own normalized form.</param>
internal sealed record AddedToken(
    string Content,
    int Id,
    bool SingleWord = false,
    bool TakesSpaceBefore = false,
    bool TakesSpaceAfter = false,
    bool Normalized = false);
