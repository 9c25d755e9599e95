namespace AuditHost.Plugins.Tests.Conformance;

public sealed class WebSocketTlsConformanceTests : WebSocketConformance
{
    protected override bool Tls => true;

    protected override string Further => ""","message":"batch" """;
}
