using System.Net;
using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Scraping;

/// <summary>Where metrics are served, checked.</summary>
/// <param name="Address">The address listened on.</param>
/// <param name="Port">The port; 0 for any free one.</param>
/// <param name="Path">The path that has the metrics.</param>
/// <param name="Token">What a scraper must show; <see langword="null"/> where everybody may read.</param>
internal sealed record ScrapeOptions(IPAddress Address, int Port, string Path, byte[]? Token)
{
    public bool IsOpen => Token is null && !IPAddress.IsLoopback(Address);

    /// <summary>What an operator gives to Prometheus.</summary>
    public Uri Shown => new($"http://{new IPEndPoint(Address, Port)}{Path}");

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static ScrapeOptions Of(HttpEndpointSettings settings)
    {
        if (!IPAddress.TryParse(settings.Address == "localhost" ? "127.0.0.1" : settings.Address, out IPAddress? address))
            throw new SettingsException("http_endpoint.address", "Not an IP address. Use 127.0.0.1, an address of this machine, or 0.0.0.0 for all of them");
        if (settings.Port is < 0 or > 65535)
            throw new SettingsException("http_endpoint.port", "Expected 0 to 65535");
        if (!settings.Path.StartsWith('/') || settings.Path.AsSpan().ContainsAnyExceptInRange('!', '~') || settings.Path.AsSpan().ContainsAny('?', '#'))
            throw new SettingsException("http_endpoint.path", "Not a path. It begins with '/' and has neither spaces nor '?' nor '#', for instance /metrics");
        byte[]? token = null;
        if (settings.BearerToken is not null)
        {
            token = Encoding.ASCII.GetBytes(HttpHeader.CheckValue("http_endpoint.bearer_token", settings.BearerToken));
            if (token.Length == 0)
                throw new SettingsException("http_endpoint.bearer_token", "Empty. Give it a value, or leave it out");
        }

        return new ScrapeOptions(address, settings.Port, settings.Path, token);
    }
}
