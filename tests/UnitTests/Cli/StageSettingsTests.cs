using Rerank.Cli.Running;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Cli;

public sealed class StageSettingsTests
{
    [Fact]
    public void What_was_not_asked_for_is_left_to_the_stages()
    {
        var settings = StageSettings.For(new RunRequest("-", "/out", Lanes: 3), "ds-1", "m@1/fp32/00");

        settings.Ingest.ShouldBe(["--Ingest:Input=-", "--Ingest:Dataset=ds-1", "--Ingest:Model=m@1/fp32/00"]);
        settings.Scorer.ShouldBe(["--Scorer:Lanes=3"]);
        settings.Sink.ShouldBe(["--Sink:Output=/out", "--Sink:Dataset=ds-1"]);
    }

    [Fact]
    public void Targets_are_passed_on_as_settings_write_them()
    {
        var request = new RunRequest(
            "-", "/out", TargetLatency: TimeSpan.FromMilliseconds(200), TargetThroughput: 500, Priority: "Throughput");

        StageSettings.For(request, "ds-1", "m").Scorer
            .ShouldBe(["--Scorer:TargetLatency=00:00:00.2000000", "--Scorer:TargetThroughput=500", "--Scorer:Priority=Throughput"]);
    }

    [Fact]
    public void A_private_broker_has_its_own_namespace_and_sizes_and_a_named_one_those_of_the_environment()
    {
        var settings = StageSettings.For(new RunRequest("-", "/out"), "d", "m");

        settings.At("nats://a:1", privateStreamBytes: 64).Scorer
            .ShouldBe(["--Nats:Url=nats://a:1", "--Nats:Namespace=rerank", "--Queue:MaxBytes=64", "--Queue:Replicas=1"]);
        settings.At("nats://b:1", privateStreamBytes: null).Scorer.ShouldBe(["--Nats:Url=nats://b:1"]);
    }

    [Fact]
    public void Messages_name_options_instead_of_settings() =>
        StageSettings.InOptions("Ingest__Input is 'x'; Sink__Output is 'y'").ShouldBe("--input is 'x'; --output is 'y'");
}
