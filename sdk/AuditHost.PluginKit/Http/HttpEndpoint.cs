using AuditHost.Sdk;

namespace AuditHost.PluginKit.Http;

/// <summary>Reads the address of an HTTP destination. Errors never quote it: paths and queries can hold keys.</summary>
public static class HttpEndpoint
{
    /// <summary>Checks an endpoint.</summary>
    /// <param name="setting">The setting it stands in.</param>
    /// <param name="value">An absolute <c>http</c> or <c>https</c> URL without user name, password and fragment.</param>
    /// <exception cref="SettingsException">It is none.</exception>
    public static Uri Parse(string setting, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new SettingsException(setting, "Empty. Expected an address such as https://host/path");
        if (!Uri.TryCreate(value, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.Host.Length == 0)
            throw new SettingsException(setting, "Not an absolute http or https address. Expected one such as https://host/path");
        if (endpoint.UserInfo.Length > 0)
            throw new SettingsException(setting, "Has a user name or password in it. Move it to authentication: { type: basic, username: …, password: … }");
        if (endpoint.Fragment.Length > 0)
            throw new SettingsException(setting, "Has a fragment (#…), which is never sent. Remove it");
        return endpoint;
    }

    /// <summary>The endpoint as it may be shown: scheme, host, port and path.</summary>
    public static Uri Shown(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new Uri(endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
    }
}
