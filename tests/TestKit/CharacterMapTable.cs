using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Rerank.TestKit;

/// <summary>Makes the table of replacements that SentencePiece's models carry as <c>precompiled_charsmap</c>.</summary>
public sealed class CharacterMapTable
{
    private const int LeafBit = 0x100;
    private const uint ValueBit = 0x80000000;

    private readonly Dictionary<int, uint> _units = new() { [0] = 0 };
    private readonly HashSet<int> _bases = [];
    private readonly HashSet<int> _taken = [0];
    private int _firstBase = 1;

    private CharacterMapTable()
    {
    }

    /// <summary>The table in base64.</summary>
    public static string Build(IReadOnlyDictionary<string, string> replacements)
    {
        var root = new Node();
        var texts = new List<byte>();
        foreach (var (key, replacement) in replacements)
        {
            var node = root;
            foreach (var label in Encoding.UTF8.GetBytes(key))
                node = node.Children.TryGetValue(label, out var child) ? child : node.Children[label] = new Node();
            node.Value = texts.Count;
            texts.AddRange([.. Encoding.UTF8.GetBytes(replacement), 0]);
        }

        var table = new CharacterMapTable();
        table.Place(root);
        return Convert.ToBase64String(table.ToBytes([.. texts]));
    }

    /// <summary>What a table like SentencePiece's nmt_nfkc holds: NFKC of every code point and composition, controls out, white space a blank.</summary>
    public static IReadOnlyDictionary<string, string> NfkcReplacements()
    {
        var replacements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rune in Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid).Select(value => new Rune(value)))
        {
            var text = rune.ToString();
            if ((rune.Value & 0xFFFE) == 0xFFFE)
                continue;
            if (Rune.IsWhiteSpace(rune) && text != " ")
                replacements[text] = " ";
            else if (Rune.IsControl(rune) || rune.Value is 0x200B or 0xFEFF)
                replacements[text] = "";
            else if (text.Normalize(NormalizationForm.FormKC) is var composed && composed != text)
                replacements[text] = composed;
            if (text.Normalize(NormalizationForm.FormD) is var parts && parts != text && parts.Normalize(NormalizationForm.FormC) == text)
                replacements[parts] = text.Normalize(NormalizationForm.FormKC);
        }

        return replacements;
    }

    private void Place(Node root)
    {
        var waiting = new Queue<(Node Node, int At)>([(root, 0)]);
        while (waiting.TryDequeue(out var next))
        {
            var (node, at) = next;
            byte[] labels = [.. node.Value is null ? Array.Empty<byte>() : [0], .. node.Children.Keys];
            var start = FreeBase(labels);
            _bases.Add(start);
            _units[at] |= (uint)(at ^ start) << 10 | (node.Value is null ? 0u : LeafBit);
            foreach (var label in labels)
                _taken.Add(start ^ label);
            if (node.Value is { } value)
                _units[start] = (uint)value | ValueBit;
            foreach (var (label, child) in node.Children)
            {
                _units[start ^ label] = label;
                waiting.Enqueue((child, start ^ label));
            }
        }
    }

    // No two nodes may share a base: a unit does not say whose child it is.
    private int FreeBase(byte[] labels)
    {
        for (var tries = 0; ; tries++)
        {
            var candidate = _firstBase + tries;
            if (!_bases.Contains(candidate) && labels.All(label => !_taken.Contains(candidate ^ label)))
            {
                if (tries > 500)
                    _firstBase = candidate;
                return candidate;
            }
        }
    }

    private byte[] ToBytes(byte[] texts)
    {
        var units = (_units.Keys.Max() / 256 + 1) * 256;
        if (units >= 1 << 21)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{units} units are more than this builder can address."));
        var bytes = new byte[4 + 4 * units + texts.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, 4 * units);
        foreach (var (at, unit) in _units)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + 4 * at), unit);
        texts.CopyTo(bytes, 4 + 4 * units);
        return bytes;
    }

    private sealed class Node
    {
        public SortedDictionary<byte, Node> Children { get; } = [];

        public int? Value { get; set; }
    }
}
