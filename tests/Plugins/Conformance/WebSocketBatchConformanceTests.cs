namespace AuditHost.Plugins.Tests.Conformance;

public sealed class WebSocketBatchConformanceTests : WebSocketConformance
{
    protected override string Further => ""","message":"batch","acknowledgement":"per_batch" """;
}
