using System.Diagnostics;
using System.Text.Json;
using Rerank.TestKit;
using Shouldly;
using Xunit;
using YamlDotNet.Serialization;

namespace Rerank.IntegrationTests.Compose;

/// <summary>Neither Grafana nor a container engine is needed: that the files of the profile <c>observability</c> agree with each other.</summary>
public sealed class ObservabilityTests
{
    private static readonly IReadOnlyDictionary<string, ComposeService> Services =
        ComposeFile.Read(Path.Combine(Repository.Root, "compose.yaml"));

    [Fact]
    public void What_is_mounted_exists()
    {
        foreach (var (inside, outside) in Services["prometheus"].Mounts.Concat(Services["grafana"].Mounts))
            Path.Exists(Path.Combine(Repository.Root, outside)).ShouldBeTrue($"{outside} for {inside}");
    }

    [Fact]
    public void Grafana_finds_its_dashboards_where_they_are_mounted_and_they_ask_the_Prometheus_that_is_there()
    {
        var grafana = Services["grafana"];
        var provisioning = Path.Combine(Repository.Root, grafana.Mounts["/etc/grafana/provisioning"]);
        var folder = (string)Provisioned(provisioning, "dashboards", "providers")["options", "path"]!;
        var source = Provisioned(provisioning, "datasources", "datasources");

        grafana.Mounts.Keys.ShouldContain(folder);
        var home = grafana.Environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"];
        Path.GetDirectoryName(home).ShouldBe(folder);
        Services.Keys.ShouldContain(new Uri((string)source["url"]!).Host);
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, grafana.Mounts[folder], Path.GetFileName(home))));
        var asked = Sources(dashboard.RootElement).Distinct().ToList();
        asked.ShouldBe([(string)source["uid"]!]);
    }

    [Fact]
    public async Task Promtool_accepts_the_configuration_of_Prometheus()
    {
        var promtool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(promtool is null, "promtool is not installed (apt-get install prometheus).");
        var file = Path.Combine(Repository.Root, Services["prometheus"].Mounts["/etc/prometheus/prometheus.yml"]);

        var start = new ProcessStartInfo(promtool, ["check", "config", file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0, await output + error);
    }

    /// <summary>The one entry of a list in the one file of a folder.</summary>
    private static Entry Provisioned(string provisioning, string folder, string list)
    {
        var file = Directory.GetFiles(Path.Combine(provisioning, folder)).ShouldHaveSingleItem();
        var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(File.ReadAllText(file));
        return new Entry(((List<object>)document[list]).Cast<Dictionary<object, object>>().ShouldHaveSingleItem());
    }

    private static IEnumerable<string> Sources(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property is { Name: "datasource", Value.ValueKind: JsonValueKind.Object }
            ? [property.Value.GetProperty("uid").GetString()!]
            : Sources(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Sources),
        _ => [],
    };

    private sealed record Entry(Dictionary<object, object> Fields)
    {
        internal object? this[params string[] path] => path.Aggregate((object?)Fields, (node, key) => ((Dictionary<object, object>)node!)[key]);
    }
}
