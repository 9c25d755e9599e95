using AuditHost.Sdk.Testing;
using Template._1;

namespace AuditHost.Sdk.Conformance;

/// <summary>The connector that the template makes, without the detour over <c>dotnet new</c>.</summary>
public sealed class TemplateConformanceTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new Factory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(200, """{"id":"r-1","failed":[]}""");

    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex) =>
        new(200, $$"""{"id":"r-1","failed":[{"index":{{failedIndex}},"status":422}]}""");
}
