using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.QRadar;

/// <summary>The console and what to ask it.</summary>
/// <param name="Base">Its address, to which <c>api/…</c> is added.</param>
/// <param name="Token">The token of an authorized service.</param>
/// <param name="Version">The version to ask for; <see langword="null"/> for its newest.</param>
/// <param name="LogSourceId">The log source to look at.</param>
internal sealed record ConsoleOptions(Uri Base, string Token, string? Version, int? LogSourceId)
{
    /// <summary>What the settings say of the console; <see langword="null"/> where they do not let it be asked.</summary>
    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static ConsoleOptions? Of(QRadarSettings settings)
    {
        string? version = settings.ApiVersion is { } text ? ApiVersion.Parse(text) : null;
        if (settings.LogSourceId < 1)
            throw new SettingsException("log_source_id", "'log_source_id' is the id of a log source, 1 or more; the console shows it in the log source's details.");
        if (settings.ApiToken is { } token)
        {
            HttpHeader.CheckValue("api_token", token);
            if (token.Length == 0)
                throw new SettingsException("api_token", "'api_token' is empty; give it the token of an authorized service, or leave it out.");
            if (settings.ApiEndpoint is null)
                throw new SettingsException("api_token", "'api_token' is for the console, which api_endpoint names; set api_endpoint, or leave api_token out.");
        }

        if (settings.ApiEndpoint is not { } endpoint)
            return null;
        Uri console = BaseOf(endpoint);
        return settings.ApiToken is null ? null : new ConsoleOptions(console, settings.ApiToken, version, settings.LogSourceId);
    }

    /// <summary>The console's own address, whether or not the setting goes on to its API.</summary>
    /// <exception cref="SettingsException">It is no address.</exception>
    public static Uri BaseOf(string endpoint)
    {
        Uri address = HttpEndpoint.Parse("api_endpoint", endpoint);
        string path = address.AbsolutePath;
        int api = path.IndexOf("/api", StringComparison.Ordinal);
        bool isApi = api >= 0 && (path.Length == api + 4 || path[api + 4] == '/');
        return new UriBuilder(address.Scheme, address.Host, address.Port, (isApi ? path[..api] : path).TrimEnd('/') + "/").Uri;
    }
}
