using System.Collections.Concurrent;
using System.Text;

namespace AuditHost.Fakes.Prometheus;

/// <summary>
/// A Pushgateway 1.5: groups by job and further labels, whole groups replaced by PUT, DELETE. Refuses what the real one refuses: a text without
/// a last line feed, time stamps, a path without a job.
/// </summary>
public sealed class PushGatewayServer(int port = 0) : FakeHttpServer(port)
{
    private readonly ConcurrentDictionary<string, string> _groups = new();

    /// <summary>The groups that are there, by their labels as Prometheus shows them.</summary>
    public IReadOnlyDictionary<string, string> Groups => _groups;

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request is { Method: "GET", Path: "/-/healthy" or "/-/ready" })
            return new FakeAnswer(200, "OK", "text/plain; charset=utf-8");
        if (GroupOf(request.Path) is not { } group)
            return Refuse($"the path {request.Path}", new FakeAnswer(404, "404 page not found\n", "text/plain; charset=utf-8"));
        switch (request.Method)
        {
            case "DELETE":
                _groups.TryRemove(group, out _);
                return new FakeAnswer(202);
            case "PUT":
                break;
            default:
                return Refuse($"the method {request.Method}", new FakeAnswer(405));
        }

        if (!request.Header("Content-Type").StartsWith("text/plain; version=0.0.4", StringComparison.Ordinal))
            return Refuse("another media type than that of the text format", Bad("unknown content type"));
        if (!request.Text.EndsWith('\n'))
            return Refuse("no line feed at the end", Bad("text format parsing error: unexpected end of input stream"));
        if (request.Text.Split('\n').Any(static line => line.Length > 0 && line[0] != '#' && line[(line.LastIndexOf('}') + 1)..].Trim().Contains(' ') && line.Contains('{')))
            return Refuse("a time stamp", Bad("pushed metrics must not have timestamps"));
        _groups[group] = request.Text;
        return new FakeAnswer(200);
    }

    private static string? GroupOf(string path)
    {
        string[] parts = path.Split('/');
        if (parts.Length < 4 || parts.Length % 2 != 0 || parts[1] != "metrics" || parts[2] is not ("job" or "job@base64"))
            return null;
        var labels = new List<string>();
        for (int i = 2; i < parts.Length; i += 2)
        {
            bool encoded = parts[i].EndsWith("@base64", StringComparison.Ordinal);
            string value = encoded ? Decode(parts[i + 1]) : Uri.UnescapeDataString(parts[i + 1]);
            labels.Add($"{parts[i].Replace("@base64", string.Empty, StringComparison.Ordinal)}=\"{value}\"");
        }

        return "{" + string.Join(',', labels) + "}";
    }

    private static string Decode(string value) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(value.TrimEnd('=')));

    private static FakeAnswer Bad(string text) => new(400, text + "\n", "text/plain; charset=utf-8");
}
