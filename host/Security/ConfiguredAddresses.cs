using System.Net;
using System.Text.Json;

namespace AuditHost.Security;

/// <summary>The literal addresses in a destination's settings and in what else it names, alone or as the host of an endpoint.</summary>
internal static class ConfiguredAddresses
{
    public static IReadOnlySet<IPAddress> Find(ReadOnlySpan<byte> settings, params ReadOnlySpan<Uri?> others)
    {
        var found = new HashSet<IPAddress>();
        foreach (Uri? other in others)
            Add(other?.OriginalString, found);
        var reader = new Utf8JsonReader(settings);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
                Add(reader.GetString(), found);
        }

        return found;
    }

    private static void Add(string? text, HashSet<IPAddress> found)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && IPAddress.TryParse(uri.IdnHost, out IPAddress? address))
            found.Add(AddressRules.Unwrap(address));
        else if (IPEndPoint.TryParse(text, out IPEndPoint? endpoint))
            found.Add(AddressRules.Unwrap(endpoint.Address));
    }
}
