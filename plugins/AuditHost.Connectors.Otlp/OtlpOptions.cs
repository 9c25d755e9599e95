using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>The settings, checked.</summary>
internal sealed record OtlpOptions
{
    public required HttpEndpoints Endpoints { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public required HttpCompression Compression { get; init; }

    public required ILogEncoding Logs { get; init; }

    public required PartialSuccess PartialSuccess { get; init; }

    public required IReadOnlySet<int> RetryStatus { get; init; }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static OtlpOptions Of(OtlpSettings settings, TimeProvider time)
    {
        foreach ((string name, string value) in settings.Headers)
        {
            HttpHeader.CheckName("headers", name);
            HttpHeader.CheckValue($"headers.{name}", value);
        }

        if (settings.RetryStatus.Any(status => status is < 400 or > 599))
            throw new SettingsException("retry_status", "Expected status codes from 400 to 599");
        var schema = new LogSchema(ResourceOf(settings), TextOf("scope_name", settings.ScopeName), LogAttributes.Of(settings.Attributes), settings.Body);
        return new OtlpOptions
        {
            Endpoints = EndpointsOf(settings, time),
            Headers = [.. settings.Headers],
            Compression = settings.Compression,
            Logs = settings.Encoding == OtlpEncoding.Json ? new JsonLogs(schema) : new ProtobufLogs(schema),
            PartialSuccess = settings.PartialSuccess,
            RetryStatus = new HashSet<int>(settings.RetryStatus),
        };
    }

    /// <summary>The endpoints, each with a path. One that has a path is taken as it is: backends have their own, such as <c>/otlp/v1/logs</c>.</summary>
    /// <exception cref="SettingsException">One is no endpoint.</exception>
    public static HttpEndpoints EndpointsOf(OtlpSettings settings, TimeProvider time) => HttpEndpoints.Parse(
        "endpoint",
        settings.Endpoint,
        settings.Balancing,
        time,
        static endpoint => endpoint.AbsolutePath == "/" ? new UriBuilder(endpoint) { Path = "/v1/logs" }.Uri : endpoint);

    private static (byte[] Name, byte[] Value)[] ResourceOf(OtlpSettings settings)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["service.name"] = settings.ServiceName,
            ["host.name"] = settings.HostName ?? Environment.MachineName,
        };
        TextOf("service_name", settings.ServiceName);
        TextOf("host_name", attributes["host.name"]);
        foreach ((string name, string value) in settings.Resource)
        {
            TextOf("resource", name);
            TextOf($"resource.{name}", value);
            if (!attributes.TryAdd(name, value))
                throw new SettingsException($"resource.{name}", $"Has a setting of its own. Use {name.Replace('.', '_')}");
        }

        return [.. attributes.Select(attribute => (Encoding.UTF8.GetBytes(attribute.Key), Encoding.UTF8.GetBytes(attribute.Value)))];
    }

    private static byte[] TextOf(string setting, string text) => string.IsNullOrWhiteSpace(text)
        ? throw new SettingsException(setting, "Empty. Give it a value, or leave it out")
        : Encoding.UTF8.GetBytes(text);
}
