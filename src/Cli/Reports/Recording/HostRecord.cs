namespace Rerank.Cli.Reports.Recording;

/// <summary>The machine of a run.</summary>
/// <param name="Processor">Its name, as the system says it.</param>
/// <param name="Cores">Logical cores that the process may use.</param>
/// <param name="MemoryMb">Memory that the process may use, MiB.</param>
/// <param name="Os">System and version.</param>
/// <param name="Architecture">Such as Arm64.</param>
/// <param name="Runtime">.NET and its version.</param>
internal sealed record HostRecord(string? Processor, int? Cores, long? MemoryMb, string? Os, string? Architecture, string? Runtime);
