using CsCheck;
using Rerank.Shared.Contracts;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Shared;

public sealed class NameTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("A-z_09", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a.b", false)]
    [InlineData("a b", false)]
    [InlineData("a*", false)]
    [InlineData("a>", false)]
    [InlineData("../a", false)]
    [InlineData("é", false)]
    public void Only_what_is_safe_in_subjects_folders_and_keys_is_valid(string? name, bool isValid) => Name.IsValid(name).ShouldBe(isValid);

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        Name.IsValid(new string('a', 64)).ShouldBeTrue();
        Name.IsValid(new string('a', 65)).ShouldBeFalse();
    }

    [Fact]
    public void Any_text_can_be_made_a_valid_name() => Gen.Select(Gen.String, Gen.Int[1, Name.MaxLength]).Sample((text, maxLength) =>
    {
        var name = Name.From(text, maxLength);

        Name.IsValid(name).ShouldBeTrue();
        name.Length.ShouldBeLessThanOrEqualTo(maxLength);
    });
}
