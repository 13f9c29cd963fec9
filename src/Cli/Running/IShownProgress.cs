namespace Rerank.Cli.Running;

/// <summary>How far something is, as one line.</summary>
internal interface IShownProgress
{
    /// <summary>0 to 1; null where the total is not known.</summary>
    double? Fraction { get; }

    string ToText();
}
