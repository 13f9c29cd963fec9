using Google.Protobuf;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models.Onnx;
using Rerank.Scorer.Models.Rewriting;
using Rerank.Scorer.Tokenization;

namespace Rerank.Scorer.Models.Synth;

/// <summary>
/// Turns the classifier of a made model to the direction in which pairs differ most, so that scores spread as those of real models do and
/// carry what the encoder makes of a text: with random weights most of a score is rounding noise, and tells nothing of a precision.
/// </summary>
internal static class SignalHead
{
    private const double StandardDeviation = 4;
    private const int Steps = 100;

    /// <summary>Sets the classifier to the main direction of the pooled output over the pairs, scores to mean 0 and a deviation of 4.</summary>
    internal static void Aim(string modelFolder, string pairsFile)
    {
        var model = ModelFolder.Open(modelFolder);
        var graph = ModelGraph.Load(model.OnnxPath);
        var classifier = graph.Graph.Node.Last(node => node.OpType == "Gemm");
        var pooled = Pooled(graph, classifier.Input[0], CalibrationPairs.Read(pairsFile, model));
        var mean = Mean(pooled);
        var centered = pooled.Select(row => row.Zip(mean, (value, middle) => value - middle).ToArray()).ToArray();
        var direction = MainDirection(centered);
        var deviation = Math.Sqrt(centered.Average(row => Math.Pow(Dot(row, direction), 2)));
        double[] weight = [.. direction.Select(value => value * StandardDeviation / deviation)];

        graph.Constant(classifier.Input[1])!.RawData = TensorBytes.Of([.. weight.Select(value => (float)value)]);
        graph.Constant(classifier.Input[2])!.RawData = TensorBytes.Of([(float)-Dot(weight, mean)]);
        File.WriteAllBytes(model.OnnxPath, graph.ToBytes());
    }

    private static double[][] Pooled(ModelGraph graph, string value, IEnumerable<TokenizedPair> pairs)
    {
        var watched = graph.Model.Clone();
        watched.Graph.Output.Add(new ValueInfoProto
        {
            Name = value,
            Type = new TypeProto { TensorType = new TensorTypeProto { ElemType = (int)ElementType.Float } },
        });
        using var session = new WatchedSession(watched.ToByteArray(), [value]);
        return [.. pairs.Select(pair => session.Run(pair).Select(number => (double)number).ToArray())];
    }

    private static double[] Mean(double[][] rows) => [.. rows[0].Select((_, column) => rows.Average(row => row[column]))];

    /// <summary>The first principal component, by power iteration from where the first row points.</summary>
    private static double[] MainDirection(double[][] rows)
    {
        var direction = rows[0];
        for (var step = 0; step < Steps; step++)
        {
            var next = new double[direction.Length];
            foreach (var row in rows)
            {
                var along = Dot(row, direction);
                for (var i = 0; i < next.Length; i++)
                    next[i] += along * row[i];
            }

            var length = Math.Sqrt(Dot(next, next));
            direction = [.. next.Select(value => value / length)];
        }

        return direction;
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
