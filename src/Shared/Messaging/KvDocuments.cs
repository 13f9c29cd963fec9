using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NATS.Client.KeyValueStore;

namespace Rerank.Shared.Messaging;

/// <summary>JSON documents in a KV bucket, changed only by revision, so that two writers of one key cannot both believe that they won.</summary>
public sealed class KvDocuments
{
    private readonly INatsKVStore _store;

    private KvDocuments(INatsKVStore store) => _store = store;

    internal static async ValueTask<KvDocuments> OpenAsync(INatsKVContext context, string bucket, CancellationToken cancellationToken) =>
        new(await context.GetStoreAsync(bucket, cancellationToken));

    /// <summary>The document, or null if the key is not there.</summary>
    /// <exception cref="NATS.Client.Core.NatsException">The broker did not answer: that is not the same as not there.</exception>
    public async ValueTask<KvEntry<T>?> FindAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var entry = await _store.TryGetEntryAsync<byte[]>(key, cancellationToken: cancellationToken);
        if (!entry.Success)
            return entry.Error is NatsKVKeyNotFoundException or NatsKVKeyDeletedException ? null : throw entry.Error;
        return entry.Value.Value is { } bytes ? new KvEntry<T>(Decode(key, bytes, type), entry.Value.Revision) : null;
    }

    /// <summary>Creates the document; null if the key is there already, else its revision.</summary>
    public async ValueTask<ulong?> TryCreateAsync<T>(string key, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var result = await _store.TryCreateAsync(key, JsonSerializer.SerializeToUtf8Bytes(value, type), cancellationToken: cancellationToken);
        return Revision(result, static error => error is NatsKVCreateException);
    }

    /// <summary>Replaces the document at a revision; null if somebody else has changed it since, else the new revision.</summary>
    public async ValueTask<ulong?> TryUpdateAsync<T>(
        string key, T value, ulong revision, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var result = await _store.TryUpdateAsync(
            key, JsonSerializer.SerializeToUtf8Bytes(value, type), revision, cancellationToken: cancellationToken);
        return Revision(result, static error => error is NatsKVWrongLastRevisionException);
    }

    /// <summary>Writes the document whatever was there: for keys that have one writer by construction.</summary>
    public async ValueTask PutAsync<T>(string key, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await _store.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(value, type), cancellationToken: cancellationToken);

    public async ValueTask DeleteAsync(string key, CancellationToken cancellationToken) =>
        await _store.DeleteAsync(key, cancellationToken: cancellationToken);

    /// <summary>All keys that match a filter such as <c>*.spec</c>.</summary>
    public IAsyncEnumerable<string> KeysAsync(string filter, CancellationToken cancellationToken) =>
        _store.GetKeysAsync([filter], cancellationToken: cancellationToken);

    /// <summary>The keys that match now, then each that changes, until cancelled. A deleted key is reported like a changed one.</summary>
    public async IAsyncEnumerable<string> WatchKeysAsync(string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _store.WatchAsync<byte[]>(filter, cancellationToken: cancellationToken))
            yield return entry.Key;
    }

    private static T Decode<T>(string key, byte[] bytes, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException($"The KV entry '{key}' holds null.");

    private static ulong? Revision(NATS.Client.Core.NatsResult<ulong> result, Func<Exception, bool> isConflict)
    {
        if (result.Success)
            return result.Value;
        if (isConflict(result.Error))
            return null;
        throw result.Error;
    }
}
