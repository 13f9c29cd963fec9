using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rerank.Scorer;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Onnx;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Inference;

public sealed class LoadedModelTests : IDisposable
{
    private readonly TinyCrossEncoder _tiny = new();

    [Fact]
    public void Auto_says_why_not_the_others_and_takes_one()
    {
        Assert.SkipWhen(Backends.Refusal(Backends.CoreML) is null, "The library here has CoreML, which auto may take.");
        var log = new ListLogger();

        using var loaded = Load(new ScorerOptions { Lanes = 3 }, log);

        loaded.Backend.ShouldBe(Backend.Cpu);
        loaded.Layout.ShouldBe(new LaneLayout(Lanes: 3, Sessions: 1, ThreadsPerPass: 1));
        log.Lines.ShouldContain(line => line.Contains("not cuda") && line.Contains("GPU build"));
        log.Lines.ShouldContain(line => line.Contains("not coreml") && line.Contains("macOS"));
    }

    [Fact]
    public void Asked_for_buckets_the_CPU_runs_them_and_says_what_it_computes()
    {
        using var loaded = Load(new ScorerOptions { Backend = "cpu", Shapes = ShapeMode.Bucketed });

        loaded.Shapes.ShouldBe(ShapeMode.Bucketed);
        loaded.Encoder.ShapeOf(10, 20).ShouldBe(new PassShape(16, 32));
    }

    [Fact]
    public void On_the_CPU_shapes_are_dynamic_unless_asked_for()
    {
        using var loaded = Load(new ScorerOptions { Backend = "cpu" });

        loaded.Shapes.ShouldBe(ShapeMode.Dynamic);
        loaded.Encoder.ShapeOf(10, 20).ShouldBe(new PassShape(10, 20));
    }

    [Fact]
    public void A_model_whose_scores_depend_on_padding_gets_no_static_shapes()
    {
        Change(graph => graph.Node.Add(new NodeProto
        {
            OpType = "DynamicQuantizeLinear",
            Input = { graph.Node[^1].Output[0] },
            Output = { "bytes", "scale", "zero" },
        }));

        var refusal = Should.Throw<ModelException>(() => Load(new ScorerOptions { Backend = "cpu", Shapes = ShapeMode.Bucketed })).Message;

        refusal.ShouldContain("depend on padding");
        refusal.ShouldContain("Scorer__Shapes=Dynamic");
    }

    [Fact]
    public void Dimensions_without_names_are_refused_with_the_input()
    {
        Change(graph => graph.Input[1].Type.TensorType.Shape.Dim[1].ClearDimParam());

        Should.Throw<ModelException>(() => Load(new ScorerOptions { Backend = "cpu", Shapes = ShapeMode.Bucketed }))
            .Message.ShouldContain("attention_mask without a name for its dimension 1");
        Load(new ScorerOptions { Backend = "cpu" }).Dispose();
    }

    [Fact]
    public void A_graph_that_the_runtime_does_not_take_is_refused_with_its_file()
    {
        Change(graph => graph.Node[0].OpType = "NoSuchOperator");

        var refusal = Should.Throw<ModelException>(() => Load(new ScorerOptions { Backend = "cpu" })).Message;

        refusal.ShouldContain(_tiny.OnnxPath);
        refusal.ShouldContain("NoSuchOperator");
    }

    [Fact]
    public void A_truncated_model_file_is_refused_with_where_it_breaks_off()
    {
        using (var file = File.OpenWrite(_tiny.OnnxPath))
            file.SetLength(file.Length / 2);

        var refusal = Should.Throw<ModelException>(() => _tiny.Open()).Message;

        refusal.ShouldContain(_tiny.OnnxPath);
        refusal.ShouldContain("truncated at");
    }

    [Fact]
    public void Weights_in_a_file_beside_the_model_are_used_and_missing_bytes_of_it_are_refused()
    {
        var pairs = _tiny.Pairs(4, 30);
        var expected = Scores();
        var weights = Path.Combine(Path.GetDirectoryName(_tiny.OnnxPath)!, "model.onnx_data");
        Change(graph => MoveOut(graph.Initializer.MaxBy(tensor => tensor.RawData.Length)!, weights));

        Scores().ShouldBe(expected);
        using (var file = File.OpenWrite(weights))
            file.SetLength(file.Length / 2);
        var refusal = Should.Throw<ModelException>(() => Load(new ScorerOptions { Backend = "cpu" })).Message;
        refusal.ShouldContain(_tiny.OnnxPath);
        refusal.ShouldContain("Fetch it again");

        float[] Scores()
        {
            using var loaded = Load(new ScorerOptions { Backend = "cpu" });
            return loaded.Encoder.Run(pairs, 30, lane: 0, new PassBuffers()).ToArray();
        }
    }

    public void Dispose() => _tiny.Dispose();

    private static void MoveOut(TensorProto tensor, string file)
    {
        File.WriteAllBytes(file, tensor.RawData.ToByteArray());
        tensor.ClearRawData();
        tensor.DataLocation = DataLocation.DataExternal;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = Path.GetFileName(file) });
    }

    private void Change(Action<GraphProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_tiny.OnnxPath));
        change(model.Graph);
        File.WriteAllBytes(_tiny.OnnxPath, model.ToByteArray());
    }

    private LoadedModel Load(ScorerOptions options, ILogger? logger = null) =>
        LoadedModel.Load(_tiny.Open(), _tiny.Tokenizer, BackendChoice.Of(options), logger ?? NullLogger.Instance);

    private sealed class ListLogger : ILogger
    {
        internal List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
