using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace Template._1.Tests;

/// <summary>The rules of the contract, from a peer that answers as Acme does and misbehaves as the internet does.</summary>
public sealed class ConnectorTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new Factory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(200, """{"id":"r-1","failed":[]}""");

    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex) =>
        new(200, $$"""{"id":"r-1","failed":[{"index":{{failedIndex}},"status":422}]}""");
}
