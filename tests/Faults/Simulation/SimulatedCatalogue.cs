using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Faults.Simulation;

/// <summary>Serves each destination with a connector to its far end, and two formats.</summary>
internal sealed class SimulatedCatalogue(IReadOnlyList<SimulatedDestination> destinations, SimulatedHost host) : IPluginCatalogue
{
    private readonly Dictionary<string, ConnectorFactory> _connectors =
        destinations.ToDictionary(one => one.Plan.Name, one => (ConnectorFactory)new Factory(one, host), StringComparer.Ordinal);

    private readonly Dictionary<string, FormatterFactory> _formats = new(StringComparer.Ordinal)
    {
        [DestinationPlan.Format] = new Format(DestinationPlan.Format, strict: false),
        [DestinationPlan.StrictFormat] = new Format(DestinationPlan.StrictFormat, strict: true),
    };

    public IReadOnlyList<PluginDescription> Plugins => [];

    public IReadOnlyCollection<ConnectorFactory> Connectors => _connectors.Values;

    public IReadOnlyCollection<FormatterFactory> Formatters => _formats.Values;

    public bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory) => _connectors.TryGetValue(type, out factory);

    public bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory) => _formats.TryGetValue(type, out factory);

    public PluginDescription DescriptionOf(PluginFactory factory) => new("Simulated", "1.0", "1.0", "/", true, PluginStatus.Loaded, null, []);

    private sealed class Factory(SimulatedDestination destination, SimulatedHost host) : ConnectorFactory(destination.Plan.ToInfo())
    {
        public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

        public override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context) => new SimulatedConnector(destination, context.Time, host.Process.Number);
    }

    private sealed class Format(string type, bool strict) : FormatterFactory(new FormatterInfo(type, "Simulated."))
    {
        public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

        public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => new Raw(strict);
    }

    private sealed class Raw(bool strict) : IEventFormatter
    {
        public string ContentType => "application/json";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
        {
            // Half of an event first: what a formatter leaves behind when it throws must not show.
            ReadOnlySpan<byte> json = auditEvent.Json.Span;
            output.Write(json[..(json.Length / 2)]);
            if (strict && SimulatedEvents.NumberOf(json) is { } number && DestinationPlan.IsUnrenderableAnywhere(number))
                throw new FormatException("This format has no words for it.");
            output.Write(json[(json.Length / 2)..]);
        }
    }
}
