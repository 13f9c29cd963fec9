using Rerank.Cli.Evaluation;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli.Evaluation;

public sealed class DatasetScoresTests
{
    [Fact]
    public void All_files_of_the_only_job_are_read()
    {
        using var folder = TemporaryFolder.Create();
        WriteScores(folder, "jobs-1", "part-0", "('r1', 'q', 'd1', 1.5), ('r2', 'q', null, 2.5)");
        WriteScores(folder, "jobs-1", "part-1", "('r3', 'p', 'd1', -1.0)");

        var scores = DatasetScores.Read(folder.Path, job: null);

        (scores.Job, scores.Rows).ShouldBe(("jobs-1", 3));
        scores.Ranking.Of("q").ShouldBe([new RankedDocument("r2", 2.5f), new RankedDocument("d1", 1.5f)]);
        scores.Ranking.Of("p").ShouldBe([new RankedDocument("d1", -1f)]);
    }

    [Fact]
    public void Of_several_jobs_one_must_be_named()
    {
        using var folder = TemporaryFolder.Create();
        WriteScores(folder, "one", "part-0", "('r', 'q', 'd', 1.0)");
        WriteScores(folder, "2", "part-0", "('r', 'q', 'd', 2.0)");

        var refused = Should.Throw<StageFailedException>(() => DatasetScores.Read(folder.Path, job: null));
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Message.ShouldContain("choose one with --job: 2, one.");
        DatasetScores.Read(folder.Path, "2").Ranking.Of("q").ShouldBe([new RankedDocument("d", 2f)]);
        Should.Throw<StageFailedException>(() => DatasetScores.Read(folder.Path, "three")).Message.ShouldContain("no scores of job 'three'");
    }

    [Fact]
    public void A_folder_that_is_not_there_and_one_without_scores_are_told_apart()
    {
        using var folder = TemporaryFolder.Create();

        Should.Throw<StageFailedException>(() => DatasetScores.Read(folder.File("absent"), null)).Message.ShouldContain("no such folder");
        Should.Throw<StageFailedException>(() => DatasetScores.Read(folder.Path, null)).Message.ShouldContain("no Parquet file");
    }

    private static void WriteScores(TemporaryFolder folder, string job, string part, string values)
    {
        var target = Directory.CreateDirectory(folder.File($"scores/job={job}")).FullName;
        Duck.Query(
            $"copy (select id, query_id, document_id, score::float as score from (values {values}) t(id, query_id, document_id, score)) "
            + $"to '{target}/{part}.parquet' (format parquet)");
    }
}
