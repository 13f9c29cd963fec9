using System.Text.Json;
using Rerank.Sink.Dataset;
using Rerank.Sink.Dedup;

namespace Rerank.Sink.Writing;

/// <summary>Puts a job's <c>_SUCCESS</c> in its place and takes it away. Not thread-safe.</summary>
internal sealed class SuccessMark(string job, WriteContext context)
{
    private SuccessFile? _file = SuccessFile.Read(context.Folder.Path, job);

    public bool IsThere => _file is not null;

    /// <summary>Writes the file, unless it says so already.</summary>
    public void Write(JobProgress progress)
    {
        var success = new SuccessFile(
            job,
            progress.Written.Count,
            progress.Dead.Count,
            progress.Written.Count + progress.Dead.Count,
            progress.Dead.ToString(),
            context.Time.GetUtcNow());
        if (_file is not null && success with { CompletedAt = _file.CompletedAt } == _file)
            return;
        context.Epoch.Replace(
            context.Folder.SuccessOf(job), JsonSerializer.SerializeToUtf8Bytes(success, DatasetJson.Default.SuccessFile));
        _file = success;
    }

    public void Remove()
    {
        context.Epoch.TakeOut(context.Folder.SuccessOf(job));
        _file = null;
    }
}
