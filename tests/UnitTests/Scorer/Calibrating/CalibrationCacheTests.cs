using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rerank.Scorer.Batching;
using Rerank.Scorer.Calibrating;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Calibrating;

public sealed class CalibrationCacheTests : IDisposable
{
    private static readonly CalibrationKey Key = new("hash", "fp32", "cpu", "2 lanes", "Dynamic", "a processor", "a host", "a runtime");

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_kept_is_found_again()
    {
        var cost = new CostModel();
        for (var pass = 0; pass < 50; pass++)
            cost.Observe(4, 128, 20, pass);

        CacheOf(Key).Save(cost.Save());

        var found = CacheOf(Key).Find().ShouldNotBeNull();
        CostModel.Restore(found).Predict(4, 128).ShouldBe(cost.Predict(4, 128), 0.5);
    }

    [Fact]
    public void Nothing_is_found_for_any_other_key()
    {
        CacheOf(Key).Save(new CostModel().Save());

        CalibrationKey[] others =
        [
            Key with { ModelHash = "x" }, Key with { Precision = "x" }, Key with { Backend = "x" }, Key with { Layout = "x" },
            Key with { Shapes = "x" }, Key with { Device = "x" }, Key with { Host = "x" }, Key with { Runtime = "x" },
        ];
        others.ShouldAllBe(other => CacheOf(other).Find() == null);
        CacheOf(Key).Find().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"key":null,"saved_at":"2026-01-01T00:00:00Z","costs":null}""")]
    public void A_damaged_file_is_as_good_as_none(string content)
    {
        var cache = CacheOf(Key);
        cache.Save(new CostModel().Save());
        File.WriteAllText(cache.Path, content);

        cache.Find().ShouldBeNull();
    }

    [Theory]
    [InlineData("\"coefficients\":[", "\"coefficients\":[1,")]
    [InlineData("\"coefficients\":[", "\"coefficients\":[-1],\"other\":[")]
    [InlineData("\"nodes\":[", "\"nodes\":[null")]
    [InlineData("\"nodes\":[", "\"nodes\":[{\"rows\":1,\"length\":8,\"milliseconds\":-1,\"weight\":1}")]
    public void Costs_that_cannot_be_are_not_believed(string part, string broken)
    {
        var cache = CacheOf(Key);
        cache.Save(new CostModel().Save());
        File.WriteAllText(cache.Path, File.ReadAllText(cache.Path).Replace(part, broken, StringComparison.Ordinal));

        cache.Find().ShouldBeNull();
    }

    [Fact]
    public void After_a_month_the_machine_is_measured_again()
    {
        CacheOf(Key).Save(new CostModel().Save());

        _time.Advance(TimeSpan.FromDays(29));
        CacheOf(Key).Find().ShouldNotBeNull();
        _time.Advance(TimeSpan.FromDays(2));
        CacheOf(Key).Find().ShouldBeNull();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_failure()
    {
        File.WriteAllText(_folder.File("calibration"), "a file where the folder should be");

        CacheOf(Key).Save(new CostModel().Save());

        CacheOf(Key).Find().ShouldBeNull();
    }

    private CalibrationCache CacheOf(CalibrationKey key) => new(_folder.Path, key, _time, NullLogger.Instance);
}
