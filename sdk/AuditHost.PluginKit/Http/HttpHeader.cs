using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Http;

/// <summary>Checks headers that come from settings, so that a value cannot become a second header.</summary>
public static class HttpHeader
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Checks the name of a header that is looked for in answers (RFC 9110, section 5.1).</summary>
    /// <exception cref="SettingsException">It is no header's name.</exception>
    public static string CheckResponseName(string setting, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters)
            ? name
            : throw new SettingsException(setting, "Not a header name. Use letters, digits and '-'");
    }

    /// <summary>Checks the name of a header that is sent.</summary>
    /// <exception cref="SettingsException">It is no header's name, or it belongs to the host or to the connection.</exception>
    public static string CheckName(string setting, string name)
    {
        CheckResponseName(setting, name);
        if (RemedyFor(name) is { } remedy)
            throw new SettingsException(setting, $"'{name}' cannot be set here. {remedy}");
        return name;
    }

    /// <summary>Checks a header's value: visible ASCII, with spaces inside. The error does not quote it.</summary>
    /// <exception cref="SettingsException">It cannot stand in a header.</exception>
    public static string CheckValue(string setting, string? value)
    {
        if (value is null)
            throw new SettingsException(setting, "Has no value. Give it one, or leave the header out");
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new SettingsException(setting, "Has a line break or another character that cannot stand in a header. Does its file end in a line break?");
        return value.Length == value.AsSpan().Trim(' ').Length ? value : throw new SettingsException(setting, "Begins or ends with a space. Remove it");
    }

    private static string? RemedyFor(string name)
    {
        if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            return "The media type follows from the format, the encoding from compression, the length from the body";
        return name.ToLowerInvariant() switch
        {
            "authorization" or "proxy-authorization" => "Use authentication, which keeps the secret out of logs",
            "host" => "It follows from the endpoint",
            "connection" or "keep-alive" or "transfer-encoding" or "te" or "trailer" or "upgrade" or "expect" => "It belongs to the connection",
            _ => null,
        };
    }
}
