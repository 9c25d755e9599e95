using System.Diagnostics.Tracing;
using System.Text;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

/// <summary>A connector with a schema written by hand. It checks nothing unless told to.</summary>
internal sealed class FakeConnectorFactory(ConnectorInfo info, string schema) : ConnectorFactory(info)
{
    private readonly byte[] _schema = Encoding.UTF8.GetBytes(schema);

    public FakeConnectorFactory(string type, string schema)
        : this(new ConnectorInfo(type, $"Sends to {type}."), schema)
    {
    }

    /// <summary>The setting that holds the destination's address.</summary>
    public string? EndpointKey { get; init; }

    public Action<JsonElement>? Check { get; init; }

    /// <summary>What it logs as a warning when it makes a connector.</summary>
    public string? Warns { get; set; }

    public List<FakeConnector> Created { get; } = [];

    public override ReadOnlyMemory<byte> SettingsSchema => _schema;

    public override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context)
    {
        using JsonDocument document = JsonDocument.Parse(settings);
        Check?.Invoke(document.RootElement);
        if (Warns is { } warning)
            context.Log(EventLevel.Warning, warning);
        var connector = new FakeConnector();
        Created.Add(connector);
        return connector;
    }

    public override IReadOnlyList<Uri> Endpoints(ReadOnlyMemory<byte> settings)
    {
        using JsonDocument document = JsonDocument.Parse(settings);
        return EndpointKey is not null && document.RootElement.TryGetProperty(EndpointKey, out JsonElement endpoint)
            ? [new Uri(endpoint.GetString()!)]
            : [];
    }
}
