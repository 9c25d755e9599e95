using System.Text;

namespace AuditHost.Connectors.Prometheus.Scraping;

/// <summary>The head of a request for metrics (RFC 9112). Nothing that has a body is asked here, so only the head matters.</summary>
internal sealed class ScrapeRequest
{
    private readonly Dictionary<string, string> _headers;

    private ScrapeRequest(string method, string path, Dictionary<string, string> headers, bool keepsAlive)
    {
        Method = method;
        Path = path;
        KeepsAlive = keepsAlive;
        _headers = headers;
    }

    public string Method { get; }

    /// <summary>The path without a query.</summary>
    public string Path { get; }

    /// <summary>Whether another request may follow on the connection.</summary>
    public bool KeepsAlive { get; }

    /// <summary>A header's value, those of several lines joined by commas; empty where it is missing.</summary>
    public string Header(string name) => _headers.GetValueOrDefault(name, string.Empty);

    /// <summary>Reads a head.</summary>
    /// <param name="head">All of it but the empty line.</param>
    /// <returns><see langword="null"/> where it is no request of HTTP/1.</returns>
    public static ScrapeRequest? Parse(ReadOnlySpan<byte> head)
    {
        string[] lines = Encoding.Latin1.GetString(head).Split("\r\n");
        string[] parts = lines[0].Split(' ');
        if (parts is not [{ Length: > 0 } method, { Length: > 0 } target, "HTTP/1.1" or "HTTP/1.0"])
            return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(' ', '\t'))
                return null;
            string name = line[..colon];
            string value = line[(colon + 1)..].Trim(' ', '\t');
            headers[name] = headers.TryGetValue(name, out string? before) ? $"{before},{value}" : value;
        }

        // A body would have to be read to find the next request: the connection ends instead.
        bool hasBody = headers.ContainsKey("Transfer-Encoding") || headers.GetValueOrDefault("Content-Length", "0") != "0";
        string connection = headers.GetValueOrDefault("Connection", string.Empty);
        bool keepsAlive = parts[2] == "HTTP/1.1" && !hasBody && !connection.Contains("close", StringComparison.OrdinalIgnoreCase);
        return new ScrapeRequest(method, PathOf(target), headers, keepsAlive);
    }

    private static string PathOf(string target)
    {
        // Servers take the absolute form too (RFC 9112, section 3.2.2).
        if (target[0] != '/' && Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute))
            target = absolute.PathAndQuery;
        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }
}
