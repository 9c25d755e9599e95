using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>Reads <c>host</c>, <c>host:port</c> and <c>[v6]:port</c>.</summary>
public static class SyslogServer
{
    /// <summary>The endpoint that a setting names.</summary>
    /// <param name="setting">The setting's key, for the message.</param>
    /// <param name="server">Its value; the protocol's usual port where it has none.</param>
    /// <param name="protocol">What carries the messages.</param>
    /// <exception cref="SettingsException">The value is not a host and port.</exception>
    public static Uri Parse(string setting, string? server, SyslogProtocol protocol)
    {
        if (string.IsNullOrWhiteSpace(server))
            throw new SettingsException(setting, $"'{setting}' is missing; write host:port.");
        if (server.Contains("://", StringComparison.Ordinal))
            throw new SettingsException(setting, $"'{setting}' is '{server}'; write host:port alone, the protocol is a setting of its own.");

        (string scheme, int usualPort) = protocol switch
        {
            SyslogProtocol.Udp => ("udp", 514),
            SyslogProtocol.Tcp => ("tcp", 514),
            _ => ("tls", 6514),
        };
        if (!Uri.TryCreate($"{scheme}://{server.Trim()}", UriKind.Absolute, out Uri? endpoint)
            || endpoint.Host.Length == 0 || endpoint.UserInfo.Length > 0 || endpoint.PathAndQuery is not ("" or "/") || endpoint.Port == 0)
            throw new SettingsException(setting, $"'{setting}' is '{server}', which is not host:port; an IPv6 address stands in brackets.");
        return endpoint.Port > 0 ? endpoint : new UriBuilder(endpoint) { Port = usualPort }.Uri;
    }
}
