using System.Text;

namespace AuditHost.Fakes;

/// <summary>What a fake server answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, empty for none.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record FakeAnswer(int Status, ReadOnlyMemory<byte> Body, string ContentType = "application/json")
{
    public FakeAnswer(int status, string body = "", string contentType = "application/json")
        : this(status, Encoding.UTF8.GetBytes(body), contentType)
    {
    }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public FakeAnswer With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
