using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference;

/// <summary>Scores pairs without a queue: on the CPU, one pass a core at a time, with the same session, tokenizer and passes as a Scorer.</summary>
public sealed class PairScorer : IDisposable
{
    private const int DefaultMaxLength = 512;

    private readonly ModelFolder _model;
    private readonly PairTokenizer _tokenizer;
    private readonly CrossEncoder _encoder;
    private readonly int _maxLength;

    private PairScorer(ModelFolder model, PairTokenizer tokenizer, CrossEncoder encoder)
    {
        _model = model;
        _tokenizer = tokenizer;
        _encoder = encoder;
        _maxLength = Math.Min(DefaultMaxLength, model.MaxPositions ?? DefaultMaxLength);
    }

    /// <exception cref="ModelException">The tokenizer is of another kind, or ONNX Runtime refuses the graph.</exception>
    public static PairScorer Load(ModelFolder model)
    {
        try
        {
            var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
            return new PairScorer(model, tokenizer, CrossEncoder.LoadForCpu(model, tokenizer.PadTokenId));
        }
        catch (TokenizerException e)
        {
            throw new ModelException(e.Message, e);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"ONNX Runtime refuses {model.OnnxPath}: {e.Message} Export it again, with an opset that this version knows.", e);
        }
    }

    /// <summary>A raw logit a pair, in order. Pairs are cut to 512 tokens, or to what the model has positions for.</summary>
    /// <param name="pairs">Query and document.</param>
    /// <param name="alone">Each in a pass of its own, so that no score can depend on what is beside it.</param>
    /// <param name="cancellationToken">Ends it between two passes.</param>
    /// <exception cref="ModelException">A pass failed, or a score is not a finite number.</exception>
    public float[] Score(IReadOnlyList<(string Query, string Document)> pairs, bool alone, CancellationToken cancellationToken)
    {
        var rows = pairs.Select((pair, index) => new Row(index, _tokenizer.Encode(pair.Query, pair.Document, _maxLength), alone)).ToArray();
        var bounds = new BatcherOptions { MaxPassTokens = new ScorerOptions().TokenBudget, OneRowAPass = _model.NeedsPassesOfOneRow };
        var passes = new PassPlanner(bounds, new CostModel().Predict).Plan(rows).Passes;
        var scores = new float[rows.Length];
        var idle = new ConcurrentBag<PassBuffers>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        try
        {
            Parallel.ForEach(passes, parallel, pass =>
            {
                var buffers = idle.TryTake(out var used) ? used : new PassBuffers();
                var logits = _encoder.Run([.. pass.Pairs.Select(row => row.Tokens)], pass.Length, buffers).Span;
                for (var i = 0; i < pass.Pairs.Count; i++)
                    scores[pass.Pairs[i].Index] = logits[i];
                idle.Add(buffers);
            });
        }
        catch (AggregateException e) when (e.InnerException is OnnxRuntimeException inner)
        {
            throw new ModelException($"{_model.Identity} failed on a pass: {inner.Message}", inner);
        }

        var odd = Array.FindIndex(scores, score => !float.IsFinite(score));
        return odd < 0 ? scores : throw new ModelException($"{_model.Identity} gives {scores[odd]} for pair {odd + 1}; that is no score.");
    }

    public void Dispose() => _encoder.Dispose();

    private sealed record Row(int Index, TokenizedPair Tokens, bool Alone) : IBatchable
    {
        public int Length => Tokens.InputIds.Length;

        public long QueuedUs => 0;

        public long ReceivedUs => 0;
    }
}
