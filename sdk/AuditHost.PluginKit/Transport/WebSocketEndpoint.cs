using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>Reads the address of a WebSocket server. Errors never quote it: paths and queries can hold keys.</summary>
public static class WebSocketEndpoint
{
    /// <summary>Checks an endpoint.</summary>
    /// <param name="setting">The setting it stands in.</param>
    /// <param name="value">An absolute <c>ws</c> or <c>wss</c> URL without user name, password and fragment.</param>
    /// <exception cref="SettingsException">It is none.</exception>
    public static Uri Parse(string setting, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new SettingsException(setting, "Empty. Expected an address such as wss://host/path");
        if (!Uri.TryCreate(value, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("ws" or "wss") || endpoint.Host.Length == 0)
            throw new SettingsException(setting, "Not an absolute ws or wss address. Expected one such as wss://host/path");
        if (endpoint.UserInfo.Length > 0)
            throw new SettingsException(setting, "Has a user name or password in it. Move it to authentication: { type: basic, username: …, password: … }");
        if (endpoint.Fragment.Length > 0)
            throw new SettingsException(setting, "Has a fragment (#…), which a WebSocket address may not have. Remove it");
        return endpoint;
    }
}
