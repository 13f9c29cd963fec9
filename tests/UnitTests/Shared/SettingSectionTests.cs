using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rerank.Ingest;
using Rerank.Scorer;
using Rerank.Scorer.Gate;
using Rerank.Shared.Hosting;
using Rerank.Sink;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class SettingSectionTests
{
    [Theory]
    [InlineData("Scorer:Lanes", "two", "Scorer__Lanes is 'two'; it must be a whole number up to 2,147,483,647.")]
    [InlineData("Scorer:Lanes", "", "Scorer__Lanes is ''; it must be a whole number up to 2,147,483,647.")]
    [InlineData("Scorer:Lanes", "99999999999", "Scorer__Lanes is '99999999999'; it must be a whole number up to 2,147,483,647.")]
    [InlineData("Scorer:Gate", "maybe", "Scorer__Gate is 'maybe'; it must be one of Off, Warn, Refuse.")]
    [InlineData("Scorer:Gate", "7", "Scorer__Gate is '7'; it must be one of Off, Warn, Refuse.")]
    public void A_text_that_is_no_such_value_is_named_with_what_is_expected(string key, string text, string error) =>
        Section<ScorerOptions>(ScorerOptions.Section, (key, text)).Validate(null, new ScorerOptions()).Failures.ShouldHaveSingleItem().ShouldBe(error);

    [Fact]
    public void A_time_is_shown_by_example() =>
        Section<SinkOptions>(SinkOptions.Section, ("Sink:RollAge", "soon")).Validate(null, new SinkOptions()).Failures.ShouldHaveSingleItem()
            .ShouldBe("Sink__RollAge is 'soon'; it must be a time such as 00:00:30 (hours:minutes:seconds).");

    [Fact]
    public void What_can_be_read_is_bound_and_the_rest_stays_at_its_default()
    {
        var options = new ScorerOptions();

        Section<ScorerOptions>(ScorerOptions.Section, ("scorer:lanes", "3"), ("Scorer:Gate", "refuse"), ("Scorer:MaxWindow", "many"))
            .Configure(options);

        options.Lanes.ShouldBe(3);
        options.Gate.ShouldBe(GateMode.Refuse);
        options.MaxWindow.ShouldBe(2048);
    }

    [Fact]
    public void A_setting_that_may_be_absent_may_be_empty()
    {
        var options = new IngestOptions();
        var section = Section<IngestOptions>(IngestOptions.Section, ("Ingest:MaxErrors", ""), ("Ingest:Input", "-"));

        section.Configure(options);

        section.Validate(null, options).Succeeded.ShouldBeTrue();
        options.Input.ShouldBe("-");
    }

    [Fact]
    public void All_errors_of_a_stage_are_told_together_in_its_own_words()
    {
        using var host = ScorerHost.Build(["--Scorer:Lanes=two", "--Scorer:FixedRows=0", "--Nats:ConnectTimeout=long"]);

        var refusal = Should.Throw<Exception>(() => host.Services.GetRequiredService<IStartupValidator>().Validate());

        var errors = StageHost.SettingErrors(refusal).ShouldNotBeNull();
        errors.Count.ShouldBe(3);
        errors.ShouldContain(error => error.StartsWith("Scorer__Lanes is 'two'", StringComparison.Ordinal));
        errors.ShouldContain(error => error.StartsWith("Scorer__FixedRows is '0'", StringComparison.Ordinal));
        errors.ShouldContain(error => error.StartsWith("Nats__ConnectTimeout is 'long'", StringComparison.Ordinal));
    }

    private static SettingSection<TOptions> Section<TOptions>(string section, params (string Key, string Value)[] settings)
        where TOptions : class => new(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(),
            section);
}
