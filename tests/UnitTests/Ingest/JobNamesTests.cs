using Microsoft.Extensions.Time.Testing;
using Rerank.Ingest.Jobs;
using Rerank.Shared.Contracts;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Ingest;

public sealed class JobNamesTests
{
    [Fact]
    public void A_files_job_has_its_name_and_the_hash_of_its_path_and_format() =>
        JobNames.ForFile("/data/my pairs.v2.jsonl.gz", "jsonl").ShouldBe("my-pairs-v2-10d0a246");

    [Fact]
    public void The_same_file_by_another_path_is_the_same_job() =>
        JobNames.ForFile("/data/x/../pairs.jsonl", "jsonl").ShouldBe(JobNames.ForFile("/data/pairs.jsonl", "jsonl"));

    [Fact]
    public void Another_folder_or_format_is_another_job() =>
        new[] { JobNames.ForFile("/a/pairs.jsonl", "jsonl"), JobNames.ForFile("/b/pairs.jsonl", "jsonl"), JobNames.ForFile("/a/pairs.jsonl", "tsv") }
            .ShouldBeUnique();

    [Theory]
    [InlineData("/data/.jsonl")]
    [InlineData("/data/日本語.jsonl")]
    [InlineData("/data/0123456789012345678901234567890123456789012345678901234567890123456789.jsonl")]
    public void Whatever_the_files_name_the_jobs_is_valid(string path) => Name.IsValid(JobNames.ForFile(path, "jsonl")).ShouldBeTrue();

    [Theory]
    [InlineData("/data/-x.jsonl", "x-")]
    [InlineData("/data/日本語.jsonl", "job-")]
    public void A_jobs_name_never_looks_like_an_option(string path, string start) => JobNames.ForFile(path, "jsonl").ShouldStartWith(start);

    [Fact]
    public void Standard_input_is_named_by_the_time()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 17, 45, 2, 123, TimeSpan.Zero));

        JobNames.ForStandardInput(time).ShouldBe("stdin-20260131T174502123Z");
    }
}
