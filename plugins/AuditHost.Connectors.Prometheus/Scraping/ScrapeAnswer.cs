using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AuditHost.Connectors.Prometheus.Exposition;
using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Prometheus.Scraping;

/// <summary>Answers one request for metrics.</summary>
/// <param name="options">What is served to whom.</param>
/// <param name="render">Writes the metrics in a format.</param>
internal sealed class ScrapeAnswer(ScrapeOptions options, Action<IBufferWriter<byte>, ExpositionFormat> render)
{
    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>Writes head and body.</summary>
    /// <param name="request">What was asked; <see langword="null"/> for what is no request.</param>
    /// <param name="output">Takes the answer.</param>
    public void Write(ScrapeRequest? request, PooledBuffer output)
    {
        if (request is null)
            WriteText(output, "400 Bad Request", "This is no request of HTTP/1.\n", keepsAlive: false);
        else if (!MayPass(request))
            WriteText(output, "401 Unauthorized", "A bearer token is asked for.\n", request, "WWW-Authenticate: Bearer\r\n");
        else if (request.Path != options.Path)
            WriteText(output, "404 Not Found", $"The metrics are at {options.Path}.\n", request);
        else if (request.Method is not ("GET" or "HEAD"))
            WriteText(output, "405 Method Not Allowed", "Metrics are only read.\n", request, "Allow: GET, HEAD\r\n");
        else
            WriteMetrics(request, output);
    }

    private void WriteMetrics(ScrapeRequest request, PooledBuffer output)
    {
        ExpositionFormat format = AcceptHeader.Choose(request.Header("Accept"));
        using var body = new PooledBuffer(64 << 10);
        render(body, format);
        ReadOnlySpan<byte> content = body.Written.Span;
        string encoding = string.Empty;
        if (TakesGzip(request))
        {
            content = Compress(content);
            encoding = "Content-Encoding: gzip\r\n";
        }

        WriteHead(output, "200 OK", TextExposition.ContentTypeOf(format), content.Length, encoding + "Vary: Accept, Accept-Encoding\r\n", request.KeepsAlive);
        if (request.Method == "GET")
            output.Write(content);
    }

    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(content);
        return compressed.ToArray();
    }

    private static bool TakesGzip(ScrapeRequest request) => request.Header("Accept-Encoding").Split(',', StringSplitOptions.TrimEntries)
        .Any(coding => coding.Replace(" ", string.Empty, StringComparison.Ordinal) is { } one
            && (one.Equals("gzip", StringComparison.OrdinalIgnoreCase) || (one.StartsWith("gzip;", StringComparison.OrdinalIgnoreCase) && !one.EndsWith("q=0", StringComparison.Ordinal))));

    private bool MayPass(ScrapeRequest request)
    {
        if (options.Token is not { } token)
            return true;
        string authorization = request.Header("Authorization");
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(authorization[7..].Trim(' ')), token);
    }

    private static void WriteText(PooledBuffer output, string status, string text, ScrapeRequest request, string headers = "") =>
        WriteText(output, status, request.Method == "HEAD" ? string.Empty : text, request.KeepsAlive, headers);

    private static void WriteText(PooledBuffer output, string status, string text, bool keepsAlive, string headers = "")
    {
        WriteHead(output, status, PlainText, text.Length, headers, keepsAlive);
        output.Write(Encoding.ASCII.GetBytes(text));
    }

    private static void WriteHead(PooledBuffer output, string status, string contentType, int length, string headers, bool keepsAlive) =>
        output.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\nContent-Length: {length}\r\n{headers}Cache-Control: no-store\r\nConnection: {(keepsAlive ? "keep-alive" : "close")}\r\n\r\n")));
}
