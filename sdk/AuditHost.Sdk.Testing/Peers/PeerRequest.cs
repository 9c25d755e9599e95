using System.IO.Compression;
using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>A request as the kit's HTTP peer received it.</summary>
/// <param name="Number">The how manieth of this peer it is, counting from 0.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The headers; names in any case.</param>
/// <param name="Body">The body as it was sent.</param>
public sealed record PeerRequest(int Number, string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as text, unpacked where it is gzip.</summary>
    public string Text { get; } = Decode(Headers, Body);

    /// <summary>Stands for any request where only the answer matters.</summary>
    internal static PeerRequest Any { get; } = new(0, "POST", "/in", new Dictionary<string, string>(), []);

    private static string Decode(IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        if (!headers.TryGetValue("Content-Encoding", out string? encoding) || encoding != "gzip")
            return Encoding.UTF8.GetString(body);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
