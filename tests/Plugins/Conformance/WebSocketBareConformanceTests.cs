namespace AuditHost.Plugins.Tests.Conformance;

public sealed class WebSocketBareConformanceTests : WebSocketConformance
{
    protected override string Further => ""","envelope":false,"message_type":"binary" """;
}
