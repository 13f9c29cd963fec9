using Rerank.Cli.Diagnosis;
using Rerank.Scorer.Gate;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Diagnosis;

public sealed class DiagnosisTests
{
    [Fact]
    public void This_machine_which_runs_the_tests_has_no_problem_itself()
    {
        Finding[] findings = [Machine.Runtime(), Machine.Processor(), Machine.Memory(), Globalization.Normalization(), .. OnnxRuntime.Backends(library: null)];

        findings.ShouldAllBe(finding => finding.Severity != Severity.Problem);
        findings.Single(finding => finding.Subject == "backend cpu").Text.ShouldContain("of 1 thread, 1 session");
        findings.Single(finding => finding.Subject == "backend cuda").Text.ShouldContain("GPU build");
    }

    [Fact]
    public void A_model_that_is_not_there_is_a_problem_that_names_it()
    {
        var finding = Model.Opens("/no/such/model");

        finding.Severity.ShouldBe(Severity.Problem);
        finding.Text.ShouldContain("/no/such/model");
    }

    [Fact]
    public void The_built_in_model_opens_and_its_tokenizer_is_checked()
    {
        var finding = Model.Opens("builtin:lexical");

        finding.Severity.ShouldBe(Severity.Ok);
        finding.Text.ShouldContain("as Microsoft.ML.Tokenizers has them");
    }

    [Fact]
    public void A_tokenizer_that_differs_from_the_library_is_a_problem() =>
        Model.Judge("some/model", new TokenizerCheck(34, 40_000, 1, "some text")).Severity.ShouldBe(Severity.Problem);

    [Theory]
    [InlineData("nats-server: v2.9.0", nameof(Severity.Ok))]
    [InlineData("nats-server: v2.12.1-preview", nameof(Severity.Ok))]
    [InlineData("nats-server: v2.8.4", nameof(Severity.Problem))]
    [InlineData("nats-server: development", nameof(Severity.Warning))]
    public void A_nats_server_is_judged_by_its_version(string output, string severity) =>
        Rerank.Cli.Diagnosis.NatsServer.Judge("/bin/nats-server", output).Severity.ToString().ShouldBe(severity);

    [Fact]
    public void An_output_folder_that_does_not_exist_yet_is_judged_by_the_one_it_would_be_made_in()
    {
        using var folder = TemporaryFolder.Create();

        var finding = OutputFolder.Room(folder.File("not/yet"));

        finding.Severity.ShouldNotBe(Severity.Problem);
        finding.Text.ShouldContain(folder.Path);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Every_problem_is_one_line_with_its_fix()
    {
        var output = new StringWriter();

        DoctorReport.Write([Finding.Ok("a", "fine"), Finding.Problem("longer", "broken", "Mend it.")], output);

        output.ToString().Split('\n').ShouldBe(
            ["ok       a       fine", "problem  longer  broken -> Mend it.", "", "1 problem.", ""]);
    }
}
