using System.Text;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Fakes;

/// <summary>A request as a fake server read it.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">The path, still encoded.</param>
/// <param name="Query">The parameters behind it.</param>
/// <param name="Headers">Its headers; of one that came twice, all values.</param>
/// <param name="Raw">The body as it came over the wire.</param>
/// <param name="Body">The body, decompressed.</param>
public sealed record FakeRequest(
    string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, ReadOnlyMemory<byte> Raw, ReadOnlyMemory<byte> Body)
{
    /// <summary>Path and query byte by byte as they came, for what must arrive as it was sent.</summary>
    public string Target { get; init; } = string.Empty;

    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>A header's value; empty where it is missing.</summary>
    public string Header(string name) => Headers[name].ToString();
}
