using Rerank.Ingest;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Ingest;

public sealed class IngestOptionsValidatorTests
{
    [Fact]
    public void All_errors_are_told_at_once_each_with_its_setting_and_value()
    {
        var options = new IngestOptions
        {
            Input = "/no/such/file.jsonl",
            Format = "csv",
            Job = "a job",
            Dataset = "",
            Model = " ",
            MaxLength = 1,
            MaxErrors = -1,
            MaxInFlight = 0,
            MaxDocumentBytes = 0,
            CheckpointEvery = 0,
        };

        var failures = new IngestOptionsValidator().Validate(null, options).Failures.ShouldNotBeNull().ToArray();

        failures.Length.ShouldBe(10);
        failures.ShouldContain("Ingest__Input is '/no/such/file.jsonl'; there is no such file.");
        failures.ShouldContain("Ingest__Format is 'csv'; this build reads: jsonl.");
        failures.ShouldContain("Ingest__Job is 'a job'; it must be 1 to 64 of the characters A-Z a-z 0-9 _ -.");
    }

    [Fact]
    public void Only_the_input_has_no_default()
    {
        new IngestOptionsValidator().Validate(null, new IngestOptions()).Failures.ShouldHaveSingleItem()
            .ShouldBe("Ingest__Input is not set; name a file, or - for standard input.");
        new IngestOptionsValidator().Validate(null, new IngestOptions { Input = "-" }).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void A_folder_is_no_input()
    {
        using var folder = TemporaryFolder.Create();

        new IngestOptionsValidator().Validate(null, new IngestOptions { Input = folder.Path }).Failures.ShouldHaveSingleItem()
            .ShouldContain("a folder; name a file in it");
    }

    [Fact]
    public async Task The_process_ends_with_wrong_usage() =>
        (await StageHost.RunAsync(() => IngestHost.Build(["--Ingest:Input=/no/such/file"]))).ShouldBe(ExitCode.WrongUsage);
}
