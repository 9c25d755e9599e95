using System.Security.Cryptography;
using System.Text;

namespace AuditHost.Fakes.WebSockets;

/// <summary>The request that opens a WebSocket (RFC 6455, section 4.2.1).</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Its headers.</param>
public sealed record UpgradeRequest(string Target, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The subprotocols that the client offers.</summary>
    public IReadOnlyList<string> Subprotocols =>
        Headers.TryGetValue("Sec-WebSocket-Protocol", out string? offered) ? offered.Split(',', StringSplitOptions.TrimEntries) : [];

    /// <exception cref="FormatException">It is none.</exception>
    public static UpgradeRequest Parse(string head)
    {
        ArgumentNullException.ThrowIfNull(head);
        string[] lines = head.Split("\r\n");
        string[] first = lines[0].Split(' ');
        Check(first is ["GET", _, "HTTP/1.1"], "The upgrade is no GET in HTTP/1.1.");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..].Where(line => line.Length > 0))
            Check(headers.TryAdd(line.Split(':', 2)[0], line.Split(':', 2)[1].Trim()), "A header stands twice.");
        Check(headers.ContainsKey("Host"), "The upgrade has no Host.");
        Check(Of(headers, "Upgrade").Equals("websocket", StringComparison.OrdinalIgnoreCase), "Upgrade is not websocket.");
        Check(Of(headers, "Connection").Split(',', StringSplitOptions.TrimEntries).Contains("Upgrade", StringComparer.OrdinalIgnoreCase), "Connection is not Upgrade.");
        Check(Of(headers, "Sec-WebSocket-Version") == "13", "The version is not 13.");
        Check(Of(headers, "Sec-WebSocket-Key") is { Length: 24 } key && Convert.FromBase64String(key).Length == 16, "The key is not 16 bytes in base64.");
        Check(!headers.ContainsKey("Content-Length") && !headers.ContainsKey("Transfer-Encoding"), "The upgrade has a body.");
        return new UpgradeRequest(first[1], headers);
    }

    /// <summary>The answer that takes it.</summary>
    /// <param name="subprotocol">The subprotocol agreed on, if any.</param>
    /// <param name="accept">The proof; the right one where left out.</param>
    public byte[] Accept(string? subprotocol, string? accept = null) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept ?? Proof}\r\n"
        + (subprotocol is null ? "\r\n" : $"Sec-WebSocket-Protocol: {subprotocol}\r\n\r\n"));

#pragma warning disable CA5350 // The protocol's own choice.
    private string Proof => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(Headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    private static string Of(Dictionary<string, string> headers, string name) => headers.GetValueOrDefault(name, string.Empty);

    private static void Check(bool holds, string rule)
    {
        if (!holds)
            throw new FormatException(rule);
    }
}
