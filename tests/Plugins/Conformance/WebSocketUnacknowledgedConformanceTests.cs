namespace AuditHost.Plugins.Tests.Conformance;

public sealed class WebSocketUnacknowledgedConformanceTests : WebSocketConformance
{
    protected override string Further => ""","acknowledgement":"none" """;
}
