using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Gelf;

/// <summary>Reads the addresses of inputs. Only those of HTTP can be several: a batch goes to one, and which one has it is known from its answer.</summary>
internal static class GelfEndpoint
{
    private const int UsualPort = 12_201;
    private const string UsualPath = "/gelf";
    private const string Expected = "Expected udp://host:12201, tcp://host:12201, tls://host:12201 or https://host:12202/gelf";

    /// <summary>The address that decides on the protocol: the only one, or the first of several.</summary>
    /// <exception cref="SettingsException">It is none; the message does not quote it.</exception>
    public static Uri Parse(EndpointList list)
    {
        if (list.Addresses.Count == 0)
            throw new SettingsException("endpoint", $"'endpoint' is empty. {Expected}");
        Uri endpoint = Parse(list.Addresses[0]);
        if (list.Addresses.Count > 1 && !IsHttp(endpoint))
            throw new SettingsException("endpoint", $"'endpoint' has several addresses, which only http and https can have. Keep one of {endpoint.Scheme}");
        return endpoint;
    }

    /// <summary>The addresses of HTTP inputs.</summary>
    /// <exception cref="SettingsException">One is none.</exception>
    public static HttpEndpoints ParseHttp(GelfSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("endpoint", settings.Endpoint, settings.Balancing, time, WithPath);

    public static bool IsHttp(Uri endpoint) => endpoint.Scheme is "http" or "https";

    private static Uri Parse(string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new SettingsException("endpoint", $"'endpoint' is empty. {Expected}");
        if (!Uri.TryCreate(value, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("udp" or "tcp" or "tls" or "http" or "https"))
            throw new SettingsException("endpoint", $"'endpoint' is not an address of a GELF input. {Expected}");
        if (IsHttp(endpoint))
            return endpoint;

        if (endpoint.Host.Length == 0 || endpoint.UserInfo.Length > 0 || endpoint.PathAndQuery is not ("" or "/") || endpoint.Fragment.Length > 0 || endpoint.Port == 0)
            throw new SettingsException("endpoint", $"'endpoint' is not {endpoint.Scheme}://host:port alone. {Expected}");
        return endpoint.Port > 0 ? endpoint : new UriBuilder(endpoint) { Port = UsualPort }.Uri;
    }

    private static Uri WithPath(Uri endpoint)
    {
        if (endpoint.Query.Length > 0)
            throw new ArgumentException("Has a query (?…); Graylog compares the whole path and would answer 404. Remove it");
        return endpoint.AbsolutePath == "/" ? new Uri(endpoint, UsualPath) : endpoint;
    }
}
