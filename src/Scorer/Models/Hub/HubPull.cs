using Rerank.Scorer.Models.Onnx;

namespace Rerank.Scorer.Models.Hub;

/// <summary>One pull: which files, into a folder that nobody opens, checked, and only then in place.</summary>
internal sealed class HubPull(HubReference reference, HubOptions options, IProgress<PullProgress>? progress, TimeProvider time)
{
    // Small, and enough to refuse what is no cross-encoder before its weights are fetched.
    private static readonly string[] SmallFiles =
        [ModelFiles.Config, ModelFiles.Tokenizer, "tokenizer_config.json", "special_tokens_map.json", ModelFiles.Vocabulary];

    private readonly HubCache _cache = new(options.CacheFolder, reference);
    private PullProgress _progress = new(reference.ToString(), "", 0, null);

    internal async Task<PulledModel> RunAsync(CancellationToken cancellationToken)
    {
        using var client = new HubClient(options, time, Trouble);
        await using var alone = await _cache.LockAsync(Trouble, time, cancellationToken);
        HubRevision revision;
        try
        {
            revision = await client.GetRevisionAsync(reference, cancellationToken);
        }
        catch (HubInterruption e) when (_cache.Find() is { } kept)
        {
            return Describe(kept, alreadyThere: true, [$"The hub could not be asked for a newer one: {e.Message}."]);
        }

        var folder = _cache.FolderOf(revision.Commit);
        var alreadyThere = HubSource.Read(folder) is not null;
        if (!alreadyThere)
            await BringAsync(client, revision, folder, cancellationToken);
        _cache.Remember(revision.Commit);
        return Describe(folder, alreadyThere, []);
    }

    private static PulledModel Describe(string folder, bool alreadyThere, IReadOnlyList<string> notes)
    {
        var source = HubSource.Read(folder)!;
        var model = ModelFolder.Open(folder);
        return new PulledModel(model, source.Commit, source.File, alreadyThere, [.. notes, .. NotesOn(model)]);
    }

    private static IEnumerable<string> NotesOn(ModelFolder model)
    {
        if (OnnxFile.ReadOutline(model.OnnxPath).Graph.Node.Any(node => node.OpType == "DynamicQuantizeLinear"))
            yield return "Its activations are scaled over the whole batch: a score depends a little on what is scored beside it.";
    }

    private async Task BringAsync(HubClient client, HubRevision revision, string folder, CancellationToken cancellationToken)
    {
        var onnx = HubVariant.Choose(revision, reference, CpuVariant.Names);
        var small = SmallFiles.Select(revision.Find).OfType<HubFile>().ToArray();
        if (!small.Any(file => file.Path is ModelFiles.Tokenizer or ModelFiles.Vocabulary))
        {
            throw new ModelException(
                $"'{reference.Id}' at {reference.Revision} has neither {ModelFiles.Tokenizer} nor {ModelFiles.Vocabulary}: "
                + "its tokenizer is of a kind that is not supported here.");
        }

        var partial = _cache.PartialOf(revision.Commit);
        Directory.CreateDirectory(partial);
        try
        {
            Expect([.. small, onnx]);
            foreach (var file in small)
                await FetchAsync(client, revision, file, Path.Combine(partial, file.Name), cancellationToken);
            ModelConfig.Read(Path.Combine(partial, ModelFiles.Config));
            RequireRoom(partial, onnx);
            await FetchModelAsync(client, revision, onnx, partial, cancellationToken);
            RequirePrecision(partial, onnx);
            new HubSource(reference.Id, revision.Commit, onnx.Path).Write(partial);
        }
        catch (ModelException)
        {
            // Of no use, or in the way on a full disk. After a cut connection, what has come stays.
            Directory.Delete(partial, recursive: true);
            throw;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.Move(partial, folder);
    }

    private async Task FetchModelAsync(HubClient client, HubRevision revision, HubFile onnx, string partial, CancellationToken cancellationToken)
    {
        var path = Path.Combine(partial, ModelFiles.Model);
        await FetchAsync(client, revision, onnx, path, cancellationToken);
        var weights = ExternalData.Locations(OnnxFile.ReadOutline(path).Graph).Select(location => WeightsAt(revision, onnx, location)).ToArray();
        Expect(weights);
        foreach (var file in weights)
        {
            RequireRoom(partial, file);
            await FetchAsync(client, revision, file, Path.Combine(partial, file.Name), cancellationToken);
        }
    }

    private HubFile WeightsAt(HubRevision revision, HubFile onnx, string location)
    {
        // A location is the exporter's text: it must not lead out of the folder.
        if (location is "" or "." or ".." || location.AsSpan().ContainsAny('/', '\\'))
            throw new ModelException($"{onnx.Path} of '{reference.Id}' keeps weights in '{location}', which is no file beside it; it is not fetched.");
        return revision.Find(onnx.Folder + location)
            ?? throw new ModelException($"{onnx.Path} of '{reference.Id}' keeps weights in {location}, which the repository does not have.");
    }

    private async Task FetchAsync(HubClient client, HubRevision revision, HubFile file, string target, CancellationToken cancellationToken)
    {
        var before = _progress.Bytes;
        if (!File.Exists(target))
        {
            await new HubDownload(
                client,
                reference,
                client.AddressOf(reference, revision.Commit, file),
                file,
                target,
                bytes => Report(_progress with { File = file.Path, Bytes = before + bytes, Trouble = null }),
                options.StallTimeout,
                time).RunAsync(cancellationToken);
        }

        Report(_progress with { File = file.Path, Bytes = before + new FileInfo(target).Length, Trouble = null });
    }

    private void RequirePrecision(string partial, HubFile onnx)
    {
        // The whole check of what it is comes with it.
        var model = ModelFolder.Open(partial);
        if (model.Precision != reference.Precision)
            throw new ModelException($"{onnx.Path} of '{reference.Id}' is named as {reference.Precision}, but its weights are {model.Precision}.");
    }

    private void RequireRoom(string partial, HubFile file)
    {
        var path = Path.Combine(partial, file.Name);
        var missing = file.Bytes - (File.Exists(path + ".part") ? new FileInfo(path + ".part").Length : 0);
        var free = new DriveInfo(partial).AvailableFreeSpace;
        if (missing > free)
        {
            throw ModelException.WorkFailed(
                $"{file.Path} of '{reference.Id}' needs {missing:N0} bytes in {options.CacheFolder}, where {free:N0} are free. "
                + $"Make room, or set {ModelCache.Variable} to another folder.");
        }
    }

    private void Expect(IReadOnlyList<HubFile> files)
    {
        var known = files.All(file => file.Bytes is not null);
        _progress = _progress with { TotalBytes = known ? (_progress.TotalBytes ?? 0) + files.Sum(file => file.Bytes!.Value) : null };
    }

    private void Trouble(string trouble) => Report(_progress with { Trouble = trouble });

    private void Report(PullProgress now)
    {
        _progress = now;
        progress?.Report(now);
    }
}
