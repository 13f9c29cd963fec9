using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;

namespace Rerank.Ingest.Sources;

/// <summary>The input of a job: a file, plain or gzip, or standard input.</summary>
internal sealed class SourceFile
{
    internal const string StandardInput = "-";

    private readonly string _format;

    private SourceFile(string name, string format, string? fingerprint)
    {
        Name = name;
        _format = format;
        Fingerprint = fingerprint;
    }

    /// <summary>Full path, or <see cref="StandardInput"/>.</summary>
    internal string Name { get; }

    /// <summary>For messages and the place of a dead letter.</summary>
    internal string DisplayName => CanReadAgain ? Path.GetFileName(Name) : "stdin";

    /// <summary>Null for standard input, which can be neither known nor read again.</summary>
    internal string? Fingerprint { get; }

    internal bool CanReadAgain => Name != StandardInput;

    internal JobSource ToJobSource() => new(Name, _format, Fingerprint);

    /// <summary>Looks at the input without reading its records.</summary>
    /// <exception cref="StageFailedException">It cannot be read.</exception>
    internal static SourceFile Inspect(string input, string format, CancellationToken cancellationToken) => input == StandardInput
        ? new SourceFile(input, format, null)
        : new SourceFile(Path.GetFullPath(input), format, FingerprintOf(input, cancellationToken));

    /// <summary>Opens the input. Standard input always begins at its start, whatever <paramref name="start"/> is.</summary>
    /// <exception cref="StageFailedException">It cannot be read, or is shorter than <paramref name="start"/>.</exception>
    internal async Task<JsonLinesSource> OpenAsync(SourcePosition start, CancellationToken cancellationToken)
    {
        if (!CanReadAgain)
            return new JsonLinesSource(new InterruptibleStream(Console.OpenStandardInput()), SourcePosition.Start);

        try
        {
            Stream stream = new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                stream = new GzipFileStream(stream);
                await DiscardAsync(stream, start.Offset, cancellationToken);
            }
            else
            {
                stream.Position = start.Offset;
            }

            return new JsonLinesSource(stream, start);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unreadable(Name, e);
        }
    }

    /// <summary>The next record of what <see cref="OpenAsync"/> gave, or null at the end.</summary>
    /// <exception cref="StageFailedException">It cannot be read on.</exception>
    internal async ValueTask<SourceRecord?> ReadAsync(JsonLinesSource records, CancellationToken cancellationToken)
    {
        try
        {
            return await records.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Unreadable(Name, e);
        }
    }

    /// <summary>Refuses to go on with a file that is no longer the one that the job was made from.</summary>
    internal void EnsureUnchanged(CancellationToken cancellationToken)
    {
        if (CanReadAgain && FingerprintOf(Name, cancellationToken) != Fingerprint)
        {
            throw new StageFailedException(
                ExitCode.Failed,
                $"'{Name}' was changed while it was being read; let it be finished first, then ingest it under a new job name (--job).");
        }
    }

    private static StageFailedException Unreadable(string path, Exception cause) =>
        new(ExitCode.Failed, $"The input '{path}' cannot be read: {cause.Message}");

    private static string FingerprintOf(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Sources.Fingerprint.Of(handle, cancellationToken);
        }
        catch (NotSupportedException)
        {
            throw new StageFailedException(
                ExitCode.WrongUsage, $"The input '{path}' is not a regular file; pipe it to standard input and name the input -.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    private static async Task DiscardAsync(Stream stream, long bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        while (bytes > 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), cancellationToken);
            if (read == 0)
                return;
            bytes -= read;
        }
    }
}
