using AuditHost.Sdk.Testing;

namespace AuditHost.Sdk.Conformance;

/// <summary>The kit, driving the connector with one fault. No test by itself: <see cref="StreamKitTests"/> runs its facts.</summary>
internal sealed class FaultyStreamConformance(StreamFault fault) : StreamConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new FaultyStreamFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","fault":"{{fault}}"}""";
}
