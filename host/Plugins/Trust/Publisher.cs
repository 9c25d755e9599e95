using System.Security.Cryptography;
using System.Text;

namespace AuditHost.Plugins.Trust;

/// <summary>
/// Somebody whose plugins the site trusts in every version: they sign a list of their folder's files, and the site holds their public
/// key. The list is <c>SHA256SUMS</c> in the plugin's folder, the signature <c>SHA256SUMS.sig</c>, as
/// <c>openssl dgst -sha256 -sign KEY -out SHA256SUMS.sig SHA256SUMS</c> writes it: ECDSA over SHA-256, in DER.
/// </summary>
internal sealed class Publisher
{
    public const string ListName = "SHA256SUMS";
    public const string SignatureName = "SHA256SUMS.sig";

    private readonly ECParameters _key;

    private Publisher(string name, ECParameters key)
    {
        Name = name;
        _key = key;
    }

    /// <summary>The key file's name.</summary>
    public string Name { get; }

    /// <summary>Reads a public key in PEM.</summary>
    /// <exception cref="InvalidDataException">It is none for ECDSA over P-256, P-384 or P-521.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Publisher Read(string path)
    {
        string text = File.ReadAllText(path);
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            throw new InvalidDataException($"{path} is a private key, which stays with the publisher. Write the public one: openssl pkey -in KEY -pubout");
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(text);
            return new Publisher(Path.GetFileNameWithoutExtension(path), key.ExportParameters(includePrivateParameters: false));
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"{path} is no public key of ECDSA in PEM. Make one with: openssl ecparam -name prime256v1 -genkey; openssl pkey -pubout", exception);
        }
    }

    /// <summary>Whether a list was signed with this key.</summary>
    public bool Signed(ReadOnlySpan<byte> list, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(_key);
        return key.VerifyData(list, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Reads the list of a folder, where one of these publishers signed it.</summary>
    /// <returns>Who signed, and what; <see langword="null"/> where the folder has no list or none of them signed it.</returns>
    /// <exception cref="InvalidDataException">The signed list is none.</exception>
    public static (Publisher Publisher, IReadOnlyList<FileSum> Sums)? Find(IReadOnlyList<Publisher> publishers, string folder)
    {
        string listPath = Path.Combine(folder, ListName);
        string signaturePath = Path.Combine(folder, SignatureName);
        if (publishers.Count == 0 || !File.Exists(listPath) || !File.Exists(signaturePath))
            return null;
        byte[] list = File.ReadAllBytes(listPath);
        byte[] signature = File.ReadAllBytes(signaturePath);
        return publishers.FirstOrDefault(publisher => publisher.Signed(list, signature)) is { } signer
            ? (signer, SumFile.Parse(Encoding.UTF8.GetString(list), listPath))
            : null;
    }
}
