using System.Text.Json;
using System.Xml.Linq;
using Rerank.Cli.Reports;
using Rerank.Cli.Reports.Figures;
using Rerank.Cli.Reports.Reading;
using Rerank.Cli.Reports.Recording;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Reports;

public sealed class ReportTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    [Theory]
    [InlineData("md")]
    [InlineData("html")]
    [InlineData("json")]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    public async Task Every_format_names_the_workload_and_the_kind_of_device_and_ends_lines_with_lf(string name)
    {
        var text = ReportText.Render(await DocumentAsync(), Enum.Parse<ReportFormat>(name, ignoreCase: true));

        text.ShouldContain("grid [msmarco-lengths, simulated]");
        text.ShouldNotContain('\r');
        text.ShouldEndWith("\n");
        text.ShouldNotContain("NaN");
    }

    [Fact]
    public async Task A_format_has_the_headings_of_the_reference()
    {
        var document = await DocumentAsync();

        ReportText.Render(document, ReportFormat.B).ShouldContain("| Metric | Avg | Min | Max | P50 | P95 |");
        ReportText.Render(document, ReportFormat.B).ShouldContain("| GPU Memory (MB) | - | - | - | - | - |");
        ReportText.Render(document, ReportFormat.C).ShouldContain("### Stage Breakdown\n\n| Stage | Percentage |");
        ReportText.Render(document, ReportFormat.C).ShouldContain("### Per-Worker Statistics");
        ReportText.Render(document, ReportFormat.D).ShouldStartWith("# All Experiment Results\n");
    }

    [Fact]
    public async Task Json_holds_the_runs_with_machine_versions_and_repeats()
    {
        var run = JsonDocument.Parse(ReportText.Render(await DocumentAsync(), ReportFormat.Json)).RootElement.GetProperty("runs")[0];

        run.GetProperty("run").GetProperty("host").GetProperty("cores").GetInt32().ShouldBe(2);
        run.GetProperty("run").GetProperty("packages").GetProperty("Microsoft.ML.OnnxRuntime").GetString().ShouldBe("1.31.1");
        run.GetProperty("run").GetProperty("workload").GetProperty("lengths").GetArrayLength().ShouldBe(14);
        run.GetProperty("configurations")[0].GetProperty("repeated_pairs_per_second").GetProperty("values").GetArrayLength().ShouldBe(2);
        run.GetProperty("configurations")[0].GetProperty("stages").GetProperty("queue_wait_ms").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_page_needs_no_network_and_no_script_and_its_drawings_are_well_formed()
    {
        var page = ReportText.Render(await DocumentAsync(), ReportFormat.Html);

        page.ShouldNotContain("<script");
        page.ShouldNotContain("http");
        page.ShouldNotContain("url(");
        var drawings = page.Split("<svg ").Skip(1).Select(part => $"<svg {part.Split("</svg>")[0]}</svg>").ToList();
        drawings.Count.ShouldBeGreaterThan(10);
        foreach (var drawing in drawings)
            XElement.Parse(drawing).Descendants().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Two_folders_are_laid_side_by_side()
    {
        var first = await DocumentAsync();
        using var other = TemporaryFolder.Create();
        await new GeneratedBench(other.Path).WriteAsync(
            GeneratedBench.Run("grid", configurations: GeneratedBench.Grid([8, 32], [1, 4])), msPerPair: 0.6);
        var document = first with { Others = ReportReader.Read(other.Path) };

        var page = ReportText.Render(document, ReportFormat.Html);
        page.ShouldContain("<div class=\"sides\">");
        page.ShouldContain("Pairs/s, both on one scale");
        var markdown = ReportText.Render(document, ReportFormat.Md);
        markdown.ShouldContain("# grid [msmarco-lengths, simulated] against grid [msmarco-lengths, simulated]");
        markdown.ShouldContain("×");
    }

    [Fact]
    public async Task The_series_of_format_c_is_a_file_of_its_own_with_its_last_index()
    {
        var document = await DocumentAsync();

        SeriesFiles.Write(_folder.File("report.md"), document.All());

        var series = document.Runs[0].Series;
        File.ReadAllLines(_folder.File("distribution/grid-1_timeseries.md")).Count(line => line.StartsWith('|')).ShouldBe(series.Count + 2);
        File.ReadAllText(_folder.File("distribution/grid-1_timeseries.idx")).ShouldBe($"{series.Count - 1}\n");
    }

    [Fact]
    public async Task A_value_of_the_grid_has_a_column_and_markup_in_it_is_only_text()
    {
        var run = GeneratedBench.Run("axes", configurations:
        [
            new ConfigurationRecord { Index = 1, Batch = 8, Concurrency = 1, Values = new Dictionary<string, string> { ["precision"] = "<b>int8|x" } },
        ]);
        await new GeneratedBench(_folder.Path).WriteAsync(run, requests: 5, repeats: 1);
        var document = new ReportDocument(ReportReader.Read(_folder.Path));

        ReportText.Render(document, ReportFormat.B).ShouldContain("| TP P95 | precision |");
        ReportText.Render(document, ReportFormat.B).ShouldContain("<b>int8\\|x |");
        ReportText.Render(document, ReportFormat.Html).ShouldNotContain("<b>int8");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ReportDocument> DocumentAsync()
    {
        await new GeneratedBench(_folder.Path).WriteAsync(GeneratedBench.Run("grid", configurations: GeneratedBench.Grid([8, 32], [1, 4])));
        return new ReportDocument(ReportReader.Read(_folder.Path));
    }
}
