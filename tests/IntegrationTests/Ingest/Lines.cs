namespace Rerank.IntegrationTests.Ingest;

/// <summary>Sources to ingest.</summary>
internal static class Lines
{
    internal static string Pair(int number) => $$"""{"id":"p{{number}}","query":"query {{number}}","document":"document {{number}}"}""";

    internal static IEnumerable<string> Pairs(int count) => Enumerable.Range(0, count).Select(Pair);
}
