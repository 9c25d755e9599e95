using AuditHost.Sdk.Testing;

namespace AuditHost.Sdk.Conformance;

/// <summary>The kit, driving the connector with one fault. No test by itself: <see cref="ConnectorKitTests"/> runs its facts.</summary>
internal sealed class FaultyConformance(Fault fault) : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => fault switch
    {
        Fault.HasBadTypeName => new BadlyNamedFactory(),
        Fault.TakesUnknownKeys => new LenientFactory(),
        _ => new FaultyFactory(),
    };

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","fault":"{{fault}}","api_key":"secret-of-the-settings"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(200, """{"failed":[]}""");

    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex) => new(200, $$"""{"failed":[{{failedIndex}}]}""");
}
