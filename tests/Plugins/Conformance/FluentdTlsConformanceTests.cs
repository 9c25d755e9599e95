namespace AuditHost.Plugins.Tests.Conformance;

public sealed class FluentdTlsConformanceTests : FluentdConformance
{
    protected override bool Tls => true;

    protected override string Further => ""","compression":"gzip" """;
}
