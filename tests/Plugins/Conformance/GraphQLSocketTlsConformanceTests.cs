namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GraphQLSocketTlsConformanceTests : GraphQLSocketConformance
{
    protected override bool Tls => true;

    protected override string Further => ""","batch":true""";
}
