namespace NATS.NKeys;

/// <summary>
/// The text form of nkeys: base32 (RFC 4648, no padding) over prefix, key and a little-endian CRC-16/XMODEM.
/// A seed carries two prefixes in its first two bytes. Source: the nkeys format of the NATS documentation.
/// </summary>
internal static class NKeyText
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const byte SeedPrefix = 18 << 3;
    private const int KeyLength = 32;
    private const int ChecksumLength = 2;

    internal static (byte PublicPrefix, byte[] PrivateKey) DecodeSeed(ReadOnlySpan<char> seed)
    {
        var raw = DecodeBase32(seed);
        if (raw.Length != 2 + KeyLength + ChecksumLength)
            throw new FormatException($"An nkey seed has 58 characters; this one has {seed.Length}.");

        var body = raw.AsSpan(0, raw.Length - ChecksumLength);
        var checksum = raw[^2] | (raw[^1] << 8);
        if (Checksum(body) != checksum)
            throw new FormatException("The nkey seed's checksum does not match: it was mistyped or cut.");
        if ((body[0] & 0xF8) != SeedPrefix)
            throw new FormatException("The nkey is not a seed: a seed starts with S.");

        var publicPrefix = (byte)(((body[0] & 0x07) << 5) | ((body[1] & 0xF8) >> 3));
        return (publicPrefix, body[2..].ToArray());
    }

    internal static string EncodePublicKey(byte prefix, ReadOnlySpan<byte> key)
    {
        var raw = new byte[1 + key.Length + ChecksumLength];
        raw[0] = prefix;
        key.CopyTo(raw.AsSpan(1));
        var checksum = Checksum(raw.AsSpan(0, 1 + key.Length));
        raw[^2] = (byte)checksum;
        raw[^1] = (byte)(checksum >> 8);
        return EncodeBase32(raw);
    }

    private static int Checksum(ReadOnlySpan<byte> data)
    {
        var crc = 0;
        foreach (var value in data)
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = ((crc << 1) ^ ((crc & 0x8000) != 0 ? 0x1021 : 0)) & 0xFFFF;
        }

        return crc;
    }

    private static byte[] DecodeBase32(ReadOnlySpan<char> text)
    {
        var result = new byte[text.Length * 5 / 8];
        int buffer = 0, bits = 0, written = 0;
        foreach (var character in text)
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0)
                throw new FormatException($"'{character}' does not occur in an nkey (base32: A-Z and 2-7).");

            buffer = ((buffer << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits < 8)
                continue;

            bits -= 8;
            result[written++] = (byte)(buffer >> bits);
        }

        return result;
    }

    private static string EncodeBase32(ReadOnlySpan<byte> data)
    {
        var text = new char[((data.Length * 8) + 4) / 5];
        int buffer = 0, bits = 0, written = 0;
        foreach (var value in data)
        {
            buffer = ((buffer << 8) | value) & 0xFFFF;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[written++] = Alphabet[(buffer >> bits) & 31];
            }
        }

        if (bits > 0)
            text[written] = Alphabet[(buffer << (5 - bits)) & 31];
        return new string(text);
    }
}
