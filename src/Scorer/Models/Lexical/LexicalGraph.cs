using Rerank.Scorer.Models.Onnx;
using static Rerank.Scorer.Models.Onnx.NodeAttribute;

namespace Rerank.Scorer.Models.Lexical;

/// <summary>
/// The lexical scorer as a graph: the share of the query's weight that the document holds, from 0 up to, but not including, 1. Every
/// piece of the query, and every pair of neighbouring pieces, weighs as much as it is rare, times its saturated frequency
/// f / (f + k(1 − b + b·length/average)) in the document.
/// </summary>
internal static class LexicalGraph
{
    // k and b are the customary ones of BM25; the average length is that of an abstract, in pieces.
    private const float Saturation = 1.2f;
    private const float LengthNormalization = 0.75f;
    private const float AverageLength = 350;

    // A chunk inside a word says little by itself; the pair with its neighbour, which says much, counts in full.
    private const float ContinuationAlone = 0.3f;
    private const float PairAcrossWords = 0.5f;

    // Contributions are rounded to this part of a bit, so that their sum is exact in any order: scores then cannot depend on padding.
    private const float Steps = 1024;

    // Greater than any piece id: id · PairBase + next id names a pair.
    private const long PairBase = 1 << 20;

    internal static ModelProto Build(IReadOnlyList<string> pieces)
    {
        var graph = new GraphBuilder("lexical");
        var ids = graph.Input("input_ids", ElementType.Int64, "batch", "sequence");
        var mask = graph.Input("attention_mask", ElementType.Int64, "batch", "sequence");
        var types = graph.Input("token_type_ids", ElementType.Int64, "batch", "sequence");
        Constants(graph);
        Weights(graph, pieces);

        var real = graph.Op("And", graph.Op("Greater", ids, "last_special"), graph.Op("Greater", mask, "zero"));
        var isQuery = graph.Op("And", real, graph.Op("Equal", types, "zero"));
        var isDocument = graph.Op("And", real, graph.Op("Equal", types, "one"));

        // What is no query piece and what is no document piece get different keys, so that they never match.
        var document = graph.Op("Where", isDocument, ids, "no_document");
        var allQuery = graph.Op("Where", isQuery, ids, "no_query");
        var queryEnd = QueryEnd(graph, ids, isQuery);
        var query = CutTo(graph, queryEnd, allQuery);
        var next = CutTo(graph, queryEnd, Next(graph, allQuery));

        var scale = LengthScale(graph, isDocument);
        var single = Matches(graph, query, document, scale);
        var pair = Matches(
            graph, CutTo(graph, queryEnd, Pairs(graph, allQuery, "no_query")), Pairs(graph, document, "no_document"), scale);

        var id = graph.Op("Max", query, "zero");
        var nextId = graph.Op("Max", next, "zero");
        var singleWeight = graph.Op("Gather", "weight_alone", id);
        var pairWeight = graph.Op("Mul", graph.Op("Gather", "weight_left", id), graph.Op("Gather", "weight_right", nextId));

        var found = Sum(graph, graph.Op("Mul", singleWeight, single), graph.Op("Mul", pairWeight, pair));
        var all = Sum(graph, singleWeight, pairWeight);
        var score = graph.Op("Div", found, graph.Op("Max", all, "float_one"));
        graph.Output("logits", score, ElementType.Float, "batch", "1");
        return graph.Build();
    }

    private static void Constants(GraphBuilder graph)
    {
        graph.Int("zero", 0);
        graph.Int("one", 1);
        graph.Int("last_special", LexicalVocabulary.SpecialCount - 1);
        graph.Int("no_query", -1);
        graph.Int("no_document", -2);
        graph.Int("pair_base", PairBase);
        graph.Float("float_one", 1);
        graph.Float("steps", Steps);
        graph.Float("length_factor", Saturation * LengthNormalization / AverageLength);
        graph.Float("length_offset", Saturation * (1 - LengthNormalization));
        graph.Vector("start", 0);
        graph.Vector("second", 1);
        graph.Vector("end", long.MaxValue);
        graph.Vector("sequence_axis", 1);
        graph.Vector("document_axis", 2);
        graph.Vector("one_more", 0, 0, 0, 1);
        graph.Vector("scalar_as_vector", 1);
    }

    private static void Weights(GraphBuilder graph, IReadOnlyList<string> pieces)
    {
        var rarity = PieceRarity.Of(pieces);
        float[] alone = [.. rarity], left = [.. rarity.Select(float.Sqrt)], right = [.. left];
        for (var id = 0; id < pieces.Count; id++)
        {
            if (LexicalVocabulary.IsContinuation(pieces[id]))
                alone[id] *= ContinuationAlone;
            else
                right[id] *= PairAcrossWords;
        }

        graph.Floats("weight_alone", alone, alone.Length);
        graph.Floats("weight_left", left, left.Length);
        graph.Floats("weight_right", right, right.Length);
    }

    /// <summary>Position after the last query piece of the batch: queries are short, so what follows is much smaller than L × L.</summary>
    private static string QueryEnd(GraphBuilder graph, string ids, string isQuery)
    {
        var length = graph.Op("Gather", graph.Op("Shape", ids), "one");
        var positions = graph.Op("Range", "zero", length, "one");
        var last = graph.Op("ReduceMax", [graph.Op("Mul", graph.Cast(isQuery, ElementType.Int64), positions)], Int("keepdims", 0));
        return graph.Op("Reshape", graph.Op("Add", last, "one"), "scalar_as_vector");
    }

    private static string CutTo(GraphBuilder graph, string end, string keys) =>
        graph.Op("Slice", keys, "start", end, "sequence_axis");

    /// <summary>Each position's right neighbour, zero after the last.</summary>
    private static string Next(GraphBuilder graph, string keys) =>
        graph.Op("Slice", graph.Op("Pad", keys, "one_more"), "second", "end", "sequence_axis");

    /// <summary>A key for each pair of neighbours that both belong to the text, else <paramref name="nothing"/>.</summary>
    private static string Pairs(GraphBuilder graph, string keys, string nothing)
    {
        var next = Next(graph, keys);
        var both = graph.Op("Greater", graph.Op("Min", keys, next), "last_special");
        return graph.Op("Where", both, graph.Op("Add", graph.Op("Mul", keys, "pair_base"), next), nothing);
    }

    private static string LengthScale(GraphBuilder graph, string isDocument)
    {
        var length = graph.Op("ReduceSum", graph.Cast(isDocument, ElementType.Float), "sequence_axis");
        return graph.Op("Add", graph.Op("Mul", length, "length_factor"), "length_offset");
    }

    /// <summary>Saturated frequency in the document of each key of the query.</summary>
    private static string Matches(GraphBuilder graph, string query, string document, string scale)
    {
        var equal = graph.Op("Equal", graph.Op("Unsqueeze", query, "document_axis"), graph.Op("Unsqueeze", document, "sequence_axis"));
        var frequency = graph.Op(
            "ReduceSum", [graph.Cast(equal, ElementType.Float), "document_axis"], Int("keepdims", 0));
        return graph.Op("Div", frequency, graph.Op("Add", frequency, scale));
    }

    private static string Sum(GraphBuilder graph, string singles, string pairs)
    {
        var steps = graph.Op("Add", Rounded(graph, singles), Rounded(graph, pairs));
        return graph.Op("ReduceSum", steps, "sequence_axis");
    }

    private static string Rounded(GraphBuilder graph, string values) => graph.Op("Round", graph.Op("Mul", values, "steps"));
}
