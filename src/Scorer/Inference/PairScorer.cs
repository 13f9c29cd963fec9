using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Models;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Inference;

/// <summary>Scores pairs without a queue, with the same sessions, lanes, tokenizer and passes as a Scorer.</summary>
public sealed class PairScorer : IDisposable
{
    private const int DefaultMaxLength = 512;

    // On CPUs throughput is flat from about 256 to 1,024 tokens and falls above; few pairs come here, so that nothing is measured for them.
    private const int PassTokens = 512;
    private const int LargePassRows = 32;

    private readonly ModelFolder _model;
    private readonly PairTokenizer _tokenizer;
    private readonly LoadedModel _loaded;
    private readonly int _maxLength;

    private PairScorer(ModelFolder model, PairTokenizer tokenizer, LoadedModel loaded)
    {
        _model = model;
        _tokenizer = tokenizer;
        _loaded = loaded;
        _maxLength = Math.Min(DefaultMaxLength, model.MaxPositions ?? DefaultMaxLength);
    }

    /// <param name="model">The folder.</param>
    /// <param name="backend">What runs it, by name.</param>
    /// <exception cref="ModelException">The tokenizer is of another kind, ONNX Runtime refuses the graph, or the backend does not work here.</exception>
    public static PairScorer Load(ModelFolder model, string backend = Backends.Cpu)
    {
        try
        {
            var tokenizer = PairTokenizer.Load(model.TokenizerFolder);
            var choice = BackendChoice.Of(new ScorerOptions { Backend = backend });
            return new PairScorer(model, tokenizer, LoadedModel.Load(model, tokenizer, choice, NullLogger.Instance));
        }
        catch (TokenizerException e)
        {
            throw new ModelException(e.Message, e);
        }
    }

    /// <summary>Scores pairs. They are cut to 512 tokens, or to what the model has positions for.</summary>
    /// <param name="pairs">Query and document.</param>
    /// <param name="size">Of the passes; a model whose scores depend on the rest of a pass gets passes of one row in any case.</param>
    /// <param name="cancellationToken">Ends it between two passes.</param>
    /// <exception cref="ModelException">A pass failed, or a score is not a finite number.</exception>
    public PairScores Score(IReadOnlyList<(string Query, string Document)> pairs, PassSize size, CancellationToken cancellationToken)
    {
        var rows = pairs
            .Select((pair, index) => new Row(index, _tokenizer.Encode(pair.Query, pair.Document, _maxLength), size == PassSize.Alone))
            .ToArray();
        var passes = Planner(size).Plan(rows).Passes;
        var scores = new float[rows.Length];
        var lanes = _loaded.Layout.Lanes;
        var idle = new ConcurrentBag<(int Number, PassBuffers Buffers)>(Enumerable.Range(0, lanes).Select(lane => (lane, new PassBuffers())));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = lanes, CancellationToken = cancellationToken };
        try
        {
            Parallel.ForEach(passes, parallel, pass =>
            {
                idle.TryTake(out var lane);
                var logits = _loaded.Encoder.Run([.. pass.Pairs.Select(row => row.Tokens)], pass.Length, lane.Number, lane.Buffers).Span;
                for (var i = 0; i < pass.Pairs.Count; i++)
                    scores[pass.Pairs[i].Index] = logits[i];
                idle.Add(lane);
            });
        }
        catch (AggregateException e) when (e.InnerException is OnnxRuntimeException inner)
        {
            throw ModelException.WorkFailed($"{_model.Identity} failed on a pass: {inner.Message}", inner);
        }

        var odd = Array.FindIndex(scores, score => !float.IsFinite(score));
        return odd < 0
            ? new PairScores(scores, passes.Count, passes.Max(pass => pass.Pairs.Count))
            : throw ModelException.WorkFailed($"{_model.Identity} gives {scores[odd]} for pair {odd + 1}; that is no score.");
    }

    public void Dispose() => _loaded.Dispose();

    private PassPlanner Planner(PassSize size)
    {
        var bounds = new BatcherOptions { OneRowAPass = _model.NeedsPassesOfOneRow };
        // Where a pass costs much and a row hardly anything, passes become as large as their bound.
        return size == PassSize.Large
            ? new PassPlanner(
                bounds with { MaxPassRows = LargePassRows, MaxPassTokens = LargePassRows * _maxLength },
                (passRows, length) => LargePassRows * _maxLength + (passRows * length))
            : new PassPlanner(bounds with { MaxPassTokens = PassTokens }, new CostModel().Predict);
    }

    private sealed record Row(int Index, TokenizedPair Tokens, bool Alone) : IBatchable
    {
        public int Length => Tokens.InputIds.Length;

        public long QueuedUs => 0;

        public long ReceivedUs => 0;
    }
}
