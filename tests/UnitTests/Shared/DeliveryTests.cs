using CsCheck;
using Rerank.Shared.Messaging;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class DeliveryTests
{
    private static readonly Gen<(int Count, ulong Sequence, long Nanoseconds)> Places =
        Gen.Select(Gen.Int[1, int.MaxValue], Gen.ULong, Gen.Long[0, long.MaxValue]);

    [Fact]
    public void All_forms_of_the_reply_subject_say_the_same() => Places.Sample(place =>
    {
        var (count, sequence, nanoseconds) = place;
        var tail = $"S.C.{count}.{sequence}.77.{nanoseconds}.5";
        foreach (var replyTo in new[] { $"$JS.ACK.{tail}", $"$JS.ACK._.hash.{tail}", $"$JS.ACK.hub.hash.{tail}.random" })
            Delivery.Parse(replyTo).ShouldBe(new Delivery(replyTo, count, sequence, nanoseconds / 1000));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("_INBOX.abc.1")]
    [InlineData("$JS.ACK.S.C.1.2.3.4")]
    [InlineData("$JS.ACK.S.C.x.2.3.4.5")]
    [InlineData("$JS.ACK.S.C.1.-2.3.4.5")]
    [InlineData("$JS.API.S.C.1.2.3.4.5")]
    [InlineData("$JS.ACK.a.b.S.C.1.2.3.4.5.6.7")]
    public void A_message_of_no_consumer_is_refused(string? replyTo) => Should.Throw<FormatException>(() => Delivery.Parse(replyTo));
}
