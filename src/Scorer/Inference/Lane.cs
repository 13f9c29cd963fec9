using System.Threading.Channels;
using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Batching;
using Rerank.Shared.Contracts;

namespace Rerank.Scorer.Inference;

/// <summary>One caller of the model: takes a pass, runs it, hands the result on, on a thread of its own.</summary>
internal sealed class Lane(int number, IEncoder encoder, PassQueue passes, ChannelWriter<PassResult> results, TimeProvider time)
{
    private readonly PassBuffers _buffers = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// The lane's run: ends when the queue is closed and the pass in hand is done, or when nobody takes results any more. A lane that
    /// fails closes the queue, so that the others end too.
    /// </summary>
    internal Task Start()
    {
        // A pool thread blocked in native code for the length of a pass would starve everything that awaits.
        new Thread(RunToEnd) { IsBackground = true, Name = $"lane {number}" }.Start();
        return _ended.Task;
    }

    private void RunToEnd()
    {
        try
        {
            while (passes.Take() is { } pass && RunAndLearn(pass).All(TryWrite))
            {
            }

            _ended.SetResult();
        }
        catch (Exception e)
        {
            passes.Close();
            _ended.SetException(e);
        }
    }

    private List<PassResult> RunAndLearn(ForwardPass<ReadyPair> pass)
    {
        List<PassResult> parts = [.. Run(pass)];
        passes.Done(pass, parts is [{ Failure: null, InferenceMs: var ms }] ? ms : double.NaN);
        return parts;
    }

    /// <summary>Runs a pass; one that fails is split in halves until the pairs that fail are alone.</summary>
    private IEnumerable<PassResult> Run(ForwardPass<ReadyPair> pass)
    {
        var result = RunOnce(pass);
        if (result.Failure is null || pass.Pairs.Count == 1)
            return [result];

        var half = pass.Pairs.Count / 2;
        return Run(Part(pass, [.. pass.Pairs.Take(half)])).Concat(Run(Part(pass, [.. pass.Pairs.Skip(half)])));
    }

    private static ForwardPass<ReadyPair> Part(ForwardPass<ReadyPair> pass, ReadyPair[] pairs) =>
        new(pairs, pairs.Max(pair => pair.Length), pass.Window, CloseReason.Alone, double.NaN);

    private PassResult RunOnce(ForwardPass<ReadyPair> pass)
    {
        var startedUs = time.GetUnixMicroseconds();
        var started = time.GetTimestamp();
        float[]? scores = null;
        string? failure = null;
        try
        {
            scores = encoder.Run([.. pass.Pairs.Select(pair => pair.Tokens)], pass.Length, number, _buffers).ToArray();
        }
        catch (OnnxRuntimeException e)
        {
            failure = e.Message;
        }

        var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
        var shape = encoder.ShapeOf(pass.Pairs.Count, pass.Length);
        // One clock for both ends, so that the stages add up even when the wall clock is set meanwhile.
        return new PassResult(pass, shape, number, scores, failure, startedUs, startedUs + (long)(milliseconds * 1000), milliseconds);
    }

    /// <summary>False if the publisher has ended: what is not published will be delivered again.</summary>
    private bool TryWrite(PassResult result)
    {
        // Full means that the broker does not take scores: the lane waits, on a thread that is its own to block.
        while (!results.TryWrite(result))
        {
            if (!results.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
                return false;
        }

        return true;
    }
}
