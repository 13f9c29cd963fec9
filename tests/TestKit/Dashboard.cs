using System.Text.Json;

namespace Rerank.TestKit;

/// <summary>What the Grafana dashboards of this repository ask Prometheus.</summary>
public static class Dashboard
{
    public static IReadOnlyList<(string Panel, string Query)> Queries() =>
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", "grafana", "dashboards"), "*.json")
           let dashboard = JsonDocument.Parse(File.ReadAllText(file)).RootElement
           from panel in dashboard.GetProperty("panels").EnumerateArray()
           from target in panel.GetProperty("targets").EnumerateArray()
           select (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!),
    ];
}
