namespace Rerank.Cli.Reports.Recording;

/// <summary>How a Scorer process uses the cores.</summary>
/// <param name="Scorers">Lanes, all processes together.</param>
/// <param name="IntraOp">Threads inside one forward pass.</param>
internal sealed record ThreadSettings(int? Scorers, int? IntraOp);
