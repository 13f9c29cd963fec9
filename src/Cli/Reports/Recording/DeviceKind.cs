namespace Rerank.Cli.Reports.Recording;

/// <summary>Where the forward passes ran.</summary>
internal enum DeviceKind
{
    Real,

    /// <summary>A cost curve in virtual time; queue, planner and controller are the real ones.</summary>
    Simulated,
}
