using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>Reads the address of a receiver on a stream: <c>tcp://host:port</c>, <c>tls://host:port</c>, or <c>host:port</c> for tcp.</summary>
public static class StreamEndpoint
{
    /// <summary>Checks an endpoint. Errors do not quote it.</summary>
    /// <param name="setting">The setting it stands in.</param>
    /// <param name="value">Its value.</param>
    /// <param name="usualPort">The port of one that names none.</param>
    /// <exception cref="SettingsException">It is none.</exception>
    public static Uri Parse(string setting, string? value, int usualPort)
    {
        const string Expected = "Expected tls://host:port, tcp://host:port or host:port; an IPv6 address stands in brackets";
        if (string.IsNullOrWhiteSpace(value))
            throw new SettingsException(setting, $"Empty. {Expected}");
        string address = value.Contains("://", StringComparison.Ordinal) ? value : "tcp://" + value;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("tcp" or "tls"))
            throw new SettingsException(setting, $"Not an address of this kind. {Expected}");
        if (endpoint.Host.Length == 0 || endpoint.UserInfo.Length > 0 || endpoint.PathAndQuery is not ("" or "/") || endpoint.Fragment.Length > 0 || endpoint.Port == 0)
            throw new SettingsException(setting, $"Not host and port alone. {Expected}");
        return endpoint.Port > 0 ? endpoint : new UriBuilder(endpoint) { Port = usualPort }.Uri;
    }
}
