using Rerank.Shared.Hosting;
using Rerank.Sink.Dataset;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Sink;

public sealed class DatasetFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();

    [Fact]
    public void An_output_that_cannot_be_written_is_refused_with_the_setting_and_the_fix()
    {
        File.WriteAllText(_folder.File("file"), "");

        var failure = Should.Throw<StageFailedException>(() => DatasetFolder.Open(_folder.File("file/out")));

        failure.ExitCode.ShouldBe(ExitCode.WrongUsage);
        failure.Message.ShouldContain("Sink__Output");
        failure.Message.ShouldContain("file/out");
        failure.Message.ShouldContain($"'{_folder.File("file")}' is a file");
    }

    [Fact]
    public void A_folder_of_another_dataset_is_refused_naming_both()
    {
        var folder = DatasetFolder.Open(_folder.Path);
        DatasetFile.Claim(folder, "one", TimeProvider.System);
        DatasetFile.Claim(folder, "one", TimeProvider.System);

        var failure = Should.Throw<StageFailedException>(() => DatasetFile.Claim(folder, "two", TimeProvider.System));

        failure.ExitCode.ShouldBe(ExitCode.WrongUsage);
        failure.Message.ShouldContain("'one'");
        failure.Message.ShouldContain("'two'");
        DatasetFile.Read(_folder.Path)!.Id.ShouldBe("one");
    }

    [Fact]
    public void A_folder_that_is_no_dataset_yet_has_no_id() => DatasetFile.Read(_folder.Path).ShouldBeNull();

    [Fact]
    public void A_second_lock_is_refused_and_names_the_holder()
    {
        var folder = DatasetFolder.Open(_folder.Path);
        using var first = DatasetLock.Take(folder);

        var failure = Should.Throw<StageFailedException>(() => DatasetLock.Take(folder));

        failure.ExitCode.ShouldBe(ExitCode.Failed);
        failure.Message.ShouldContain($"process {Environment.ProcessId}");
    }

    public void Dispose() => _folder.Dispose();
}
