using System.Text.Json.Serialization;

namespace AuditHost.PluginKit.Http;

/// <summary>One address or several that do the same work, as a site file gives them: a text, or a list of texts.</summary>
/// <param name="addresses">The addresses, not checked yet.</param>
[JsonConverter(typeof(EndpointListConverter))]
public sealed class EndpointList(IReadOnlyList<string> addresses)
{
    /// <summary>The addresses in the order of the site file.</summary>
    public IReadOnlyList<string> Addresses { get; } = addresses;

    /// <summary>A list of one.</summary>
    public static EndpointList Of(string address) => new([address]);
}
