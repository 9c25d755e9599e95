using System.Globalization;
using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>What the kit's HTTP peer answers.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record PeerAnswer(int Status, string Body = "", string ContentType = "application/json")
{
    /// <summary>Further headers, name to value, for instance <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The same answer with one header more.</summary>
    public PeerAnswer With(string name, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [name] = value } };

    /// <summary>Whether the status is one of 2xx.</summary>
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>The answer as it goes over the wire.</summary>
    internal byte[] Render()
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        return [.. RenderHead(body.Length), .. body];
    }

    /// <summary>Status line and headers, with a length that need not be the body's.</summary>
    internal byte[] RenderHead(long? length)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Answer\r\n");
        if (length is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        if (Body.Length > 0)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {ContentType}\r\n");
        foreach ((string name, string value) in Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }
}
