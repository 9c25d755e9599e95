using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace Template._1.Tests;

/// <summary>The rules of the contract, from a peer that resets, falls silent and talks out of turn.</summary>
public sealed class ConnectorTests : StreamConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new Factory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}"}""";
}
