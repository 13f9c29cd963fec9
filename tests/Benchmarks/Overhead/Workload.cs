using System.Text.Json;
using Rerank.Scorer.Simulation;

namespace Rerank.Benchmarks.Overhead;

/// <summary>Pairs as JSON lines: common words, each of them one token of <c>builtin:null</c>, in numbers distributed as those of MS MARCO.</summary>
internal static class Workload
{
    private const int DocumentsAQuery = 100;

    internal static void Write(string path, int pairs)
    {
        var random = new Random(1);
        using var file = File.Create(path);
        var query = "";
        for (var i = 0; i < pairs; i++)
        {
            var (queryWords, documentWords) = MsMarcoLengths.Draw(random);
            if (i % DocumentsAQuery == 0)
                query = WorkloadText.Draw(random, queryWords);
            JsonSerializer.Serialize(file, new
            {
                id = $"q{i / DocumentsAQuery}-d{i}",
                query_id = $"q{i / DocumentsAQuery}",
                document_id = $"d{i}",
                rank = (i % DocumentsAQuery) + 1,
                query,
                document = WorkloadText.Draw(random, documentWords),
            });
            file.WriteByte((byte)'\n');
        }
    }
}
