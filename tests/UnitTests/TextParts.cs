using CsCheck;

namespace Rerank.UnitTests;

/// <summary>Texts put together from awkward parts.</summary>
internal static class TextParts
{
    internal static Gen<string> Of(int maxParts, params string[] parts) =>
        Gen.Int[0, parts.Length - 1].Array[0, maxParts].Select(chosen => string.Concat(chosen.Select(part => parts[part])));
}
