using System.ComponentModel.DataAnnotations;
using Rerank.Shared.Hosting;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class LimitsAttributeTests
{
    [Fact]
    public void A_value_out_of_its_limits_is_named_with_its_setting_and_the_limits() =>
        Errors(new ThingOptions { Lanes = -1, Bytes = -5, Age = TimeSpan.FromHours(2) }).ShouldBe(
        [
            "Thing__Lanes is '-1'; it must be 0 to 1,024.",
            "Thing__Bytes is '-5'; it must be at least 0.",
            "Thing__Age is '02:00:00'; it must be 00:00:01 to 01:00:00.",
        ]);

    [Fact]
    public void The_limits_themselves_and_nothing_at_all_are_allowed()
    {
        Errors(new ThingOptions { Lanes = 1024, Bytes = null, Age = TimeSpan.FromSeconds(1) }).ShouldBeEmpty();
        Errors(new ThingOptions { Lanes = 0, Bytes = long.MaxValue, Age = TimeSpan.FromHours(1) }).ShouldBeEmpty();
    }

    private static List<string?> Errors(ThingOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.ConvertAll(result => result.ErrorMessage);
    }

    private sealed class ThingOptions
    {
        [Limits(0, 1024)]
        public int Lanes { get; init; }

        [Limits(0)]
        public long? Bytes { get; init; }

        [Limits("00:00:01", "01:00:00")]
        public TimeSpan Age { get; init; }
    }
}
