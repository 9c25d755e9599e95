namespace AuditHost.Plugins.Tests.Conformance;

public sealed class FluentdUnacknowledgedConformanceTests : FluentdConformance
{
    protected override string Further => ""","require_ack":false""";
}
