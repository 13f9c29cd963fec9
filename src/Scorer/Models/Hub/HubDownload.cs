using System.Net;
using System.Net.Http.Headers;

namespace Rerank.Scorer.Models.Hub;

/// <summary>
/// Brings one file: into <c>target.part</c>, continued where an earlier attempt or process left it, then checked, then renamed.
/// </summary>
/// <param name="client">To fetch with.</param>
/// <param name="reference">The model, for messages.</param>
/// <param name="address">Of the file.</param>
/// <param name="file">What to check it by.</param>
/// <param name="target">Where it shall be.</param>
/// <param name="advanced">Told how many bytes of the file are there.</param>
/// <param name="stallTimeout">Silence after which the connection counts as cut.</param>
/// <param name="time">For that.</param>
internal sealed class HubDownload(
    HubClient client, HubReference reference, Uri address, HubFile file, string target, Action<long> advanced, TimeSpan stallTimeout, TimeProvider time)
{
    private const int BufferSize = 1 << 17;

    private readonly string _part = target + ".part";
    private readonly string _tag = target + ".etag";

    /// <exception cref="ModelException">The file cannot be had, is not what the hub says it is, or cannot be written.</exception>
    /// <exception cref="HubInterruption">The connection was cut, and again without a further byte; what is there stays for the next time.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var continued = PartLength > 0; ; continued = false)
        {
            await FetchAllAsync(cancellationToken);
            if (await FileCheck.ProblemAsync(_part, file, cancellationToken) is not { } problem)
                break;
            File.Delete(_part);
            // What an earlier process left may be the fault.
            if (!continued)
                throw ModelException.WorkFailed($"{file.Path} of '{reference.Id}' from {address.Authority} is damaged: {problem}. It was removed; pull it again.");
        }

        File.Delete(_tag);
        File.Move(_part, target, overwrite: true);
    }

    private long PartLength => File.Exists(_part) ? new FileInfo(_part).Length : 0;

    /// <summary>Any byte more is worth the full number of attempts again.</summary>
    private async Task FetchAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = PartLength;
            try
            {
                await client.TryAsync(FetchAsync, cancellationToken);
                return;
            }
            catch (HubInterruption) when (PartLength > before)
            {
                // Goes on from there.
            }
        }
    }

    private async ValueTask<bool> FetchAsync(CancellationToken cancellationToken)
    {
        // Without a buffer of its own: nothing is left to be written when it is closed, where it could fail unseen.
        await using var part = OnDisk(() => new FileStream(_part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0));
        if (part.Length > file.Bytes)
            OnDisk(() => part.SetLength(0));
        if (part.Length == file.Bytes)
            return true;

        using var response = await client.GetAsync(address, headers => AskForRest(headers, part.Length), cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            OnDisk(() => part.SetLength(0));
            throw new HubInterruption($"{address.Authority} has no more of {file.Path}, which has not its full length yet");
        }

        client.ThrowIfRefused(response, reference, $"no file {file.Path} in '{reference.Id}' at {reference.Revision}");
        var continues = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == part.Length;
        if (!continues)
            OnDisk(() => part.SetLength(0));
        OnDisk(() => RememberTag(response.Headers.ETag));
        part.Seek(0, SeekOrigin.End);
        var expected = file.Bytes ?? (response.Content.Headers.ContentLength is { } rest ? part.Length + rest : null);
        await CopyAsync(response, part, expected, cancellationToken);
        if (part.Length < expected)
            throw new HubInterruption($"the connection to {response.RequestMessage!.RequestUri!.Authority} ended at byte {part.Length:N0} of {expected:N0}");
        return true;
    }

    private void AskForRest(HttpRequestHeaders headers, long from)
    {
        if (from == 0)
            return;
        headers.Range = new RangeHeaderValue(from, to: null);
        if (File.Exists(_tag) && EntityTagHeaderValue.TryParse(File.ReadAllText(_tag), out var tag))
            headers.IfRange = new RangeConditionHeaderValue(tag);
    }

    private void RememberTag(EntityTagHeaderValue? tag)
    {
        if (tag is { IsWeak: false })
            File.WriteAllText(_tag, tag.ToString());
        else
            File.Delete(_tag);
    }

    private async Task CopyAsync(HttpResponseMessage response, FileStream part, long? expected, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await ReadAsync(body, buffer, cancellationToken)) > 0)
        {
            await OnDiskAsync(() => part.WriteAsync(buffer.AsMemory(0, read), cancellationToken));
            advanced(part.Position);
            // The check of the length will say so.
            if (part.Position > expected)
                break;
        }

        OnDisk(() => part.Flush(flushToDisk: true));
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(stallTimeout, time, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
        {
            throw new HubInterruption($"the connection to {address.Authority} was cut: {e.Message}", e);
        }
    }

    private T OnDisk<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private void OnDisk(Action action) => OnDisk(() =>
    {
        action();
        return true;
    });

    private async Task OnDiskAsync(Func<ValueTask> action)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private ModelException Unwritable(Exception cause) => ModelException.WorkFailed(
        $"{file.Path} of '{reference.Id}' cannot be written to {Path.GetDirectoryName(target)}: {cause.Message} "
        + $"Make room{(file.Bytes is { } bytes ? $" for {bytes:N0} bytes" : "")}, or set {ModelCache.Variable} to another folder.",
        cause);
}
