using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace NATS.NKeys;

/// <summary>
/// An Ed25519 key pair in the NATS "nkey" text form: the part of the package of this name that NATS.Client.Core calls.
/// Not thread-safe.
/// </summary>
public sealed class KeyPair : IDisposable
{
    private readonly Ed25519PrivateKeyParameters _privateKey;
    private readonly byte _publicPrefix;

    private KeyPair(Ed25519PrivateKeyParameters privateKey, byte publicPrefix)
    {
        _privateKey = privateKey;
        _publicPrefix = publicPrefix;
    }

    /// <summary>Reads a seed such as <c>SUA…</c> (58 characters).</summary>
    /// <exception cref="FormatException">The text is not a base32 seed with a valid checksum.</exception>
    public static KeyPair FromSeed(ReadOnlySpan<char> seed)
    {
        var (publicPrefix, privateKey) = NKeyText.DecodeSeed(seed);
        return new KeyPair(new Ed25519PrivateKeyParameters(privateKey, 0), publicPrefix);
    }

    /// <summary>The public key in text form, such as <c>UDX…</c> (56 characters).</summary>
    public string GetPublicKey() => NKeyText.EncodePublicKey(_publicPrefix, _privateKey.GeneratePublicKey().GetEncoded());

    /// <summary>Writes the 64-byte Ed25519 signature of <paramref name="message"/> into <paramref name="signature"/>.</summary>
    public void Sign(ReadOnlyMemory<byte> message, Memory<byte> signature)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, _privateKey);
        signer.BlockUpdate(message.ToArray(), 0, message.Length);
        signer.GenerateSignature().CopyTo(signature);
    }

    /// <summary>Nothing to free; the client disposes of every pair that it reads.</summary>
    public void Dispose()
    {
    }
}
