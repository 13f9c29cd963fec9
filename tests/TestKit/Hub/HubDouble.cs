using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rerank.TestKit.Hub;

/// <summary>
/// A Hugging Face style hub on the loopback address, with the layout of its addresses: the hub itself, and a second host that large
/// files are redirected to. It knows range requests; every connection serves one request.
/// </summary>
public sealed class HubDouble : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    // Smaller files the hub keeps in git itself.
    private const int LargeFileBytes = 4096;

    private readonly TcpListener _hub = Listen();
    private readonly TcpListener _storage = Listen();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    /// <summary>Serves <paramref name="files"/>, by their paths in the repository, as the only commit of <paramref name="model"/>.</summary>
    public HubDouble(string model, IReadOnlyDictionary<string, byte[]> files)
    {
        Model = model;
        Files = new Dictionary<string, byte[]>(files);
        _serving = Task.WhenAll(ServeAsync(_hub, toStorage: false), ServeAsync(_storage, toStorage: true));
    }

    public string Model { get; }

    public IDictionary<string, byte[]> Files { get; }

    /// <summary>The hub's address.</summary>
    public Uri Address => new($"http://{_hub.LocalEndpoint}");

    /// <summary>Everything that was asked, in order.</summary>
    public ConcurrentQueue<HubRequest> Requests { get; } = new();

    /// <summary>Has the first word on a request; null lets the hub answer.</summary>
    public Func<HubRequest, HubReply?>? Intercept { get; set; }

    /// <summary>Whether the list of files says their lengths and hashes.</summary>
    public bool SaysHashes { get; set; } = true;

    /// <summary>What the hub claims a large file's SHA-256 to be.</summary>
    public Func<byte[], string> Sha256 { get; set; } = content => Convert.ToHexStringLower(SHA256.HashData(content));

    public async ValueTask DisposeAsync()
    {
        if (_serving.IsCompleted)
            return;
        await _stopping.CancelAsync();
        _hub.Stop();
        _storage.Stop();
        await _serving;
        _stopping.Dispose();
    }

    /// <summary>The answer to a request without interception.</summary>
    public HubReply Answer(HubRequest request)
    {
        var path = Uri.UnescapeDataString(request.Path.Split('?')[0]);
        if (request.ToStorage)
            return Files.Values.FirstOrDefault(content => path == $"/blobs/{Key(content)}") is { } blob ? Content(blob, request) : HubReply.Of(404);
        if (path.StartsWith($"/api/models/{Model}/revision/", StringComparison.Ordinal))
            return path.EndsWith("/main", StringComparison.Ordinal) || path.EndsWith($"/{Commit}", StringComparison.Ordinal) ? List() : HubReply.Of(404);
        if (Tail(path, $"/{Model}/resolve/{Commit}/") is { } name && Files.TryGetValue(name, out var file))
        {
            return file.Length < LargeFileBytes
                ? HubReply.Of(307, ("Location", $"/api/resolve-cache/models/{Model}/{Commit}/{name}"))
                : HubReply.Of(302, ("Location", $"http://{_storage.LocalEndpoint}/blobs/{Key(file)}?signature=x"));
        }

        return Tail(path, $"/api/resolve-cache/models/{Model}/{Commit}/") is { } small && Files.TryGetValue(small, out var content)
            ? Content(content, request)
            : HubReply.Of(404);
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static string? Tail(string path, string head) => path.StartsWith(head, StringComparison.Ordinal) ? path[head.Length..] : null;

    private static string Key(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string BlobIdOf(byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {content.Length}\0"));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static HubReply Content(byte[] content, HubRequest request)
    {
        var tag = ("ETag", $"\"{Key(content)}\"");
        if (request["Range"] is not { } range || (request["If-Range"] is { } condition && condition != tag.Item2))
            return new HubReply(200, content, tag);
        var from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        return from >= content.Length
            ? HubReply.Of(416, ("Content-Range", $"bytes */{content.Length}"))
            : new HubReply(206, content[from..], tag, ("Content-Range", $"bytes {from}-{content.Length - 1}/{content.Length}"));
    }

    private HubReply List()
    {
        var siblings = Files.Select(file => file.Value.Length < LargeFileBytes ? Small(file.Key, file.Value) : Large(file.Key, file.Value));
        var body = new Dictionary<string, object> { ["id"] = Model, ["sha"] = Commit, ["siblings"] = siblings.ToArray() };
        return new HubReply(200, JsonSerializer.SerializeToUtf8Bytes(body), ("Content-Type", "application/json"));
    }

    private Dictionary<string, object> Small(string name, byte[] content) => SaysHashes
        ? new()
        {
            ["rfilename"] = name,
            ["size"] = content.Length,
            ["blobId"] = BlobIdOf(content),
        }
        : new() { ["rfilename"] = name };

    private Dictionary<string, object> Large(string name, byte[] content) => SaysHashes
        ? new()
        {
            ["rfilename"] = name,
            ["size"] = content.Length,
            ["blobId"] = "of-the-pointer",
            ["lfs"] = new Dictionary<string, object> { ["sha256"] = Sha256(content), ["size"] = content.Length, ["pointerSize"] = 134 },
        }
        : new() { ["rfilename"] = name };

    private async Task ServeAsync(TcpListener listener, bool toStorage)
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(ServeAsync(await listener.AcceptTcpClientAsync(_stopping.Token), toStorage));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, bool toStorage)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                if (await ReadAsync(stream, toStorage) is not { } request)
                    return;
                Requests.Enqueue(request);
                await WriteAsync(stream, Intercept?.Invoke(request) ?? Answer(request));
            }
            catch (IOException)
            {
                // The client went away.
            }
        }
    }

    private static async Task<HubRequest?> ReadAsync(Stream stream, bool toStorage)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        if (await reader.ReadLineAsync() is not { } first)
            return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new HubRequest(toStorage, first.Split(' ')[1], headers);
    }

    private static async Task WriteAsync(Stream stream, HubReply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} Status\r\nContent-Length: {reply.Body.Length}\r\nConnection: close\r\n");
        foreach (var (name, value) in reply.Headers)
            head.Append($"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"));
        await stream.WriteAsync(reply.Body.AsMemory(0, reply.CutAfter ?? reply.Body.Length));
    }
}
