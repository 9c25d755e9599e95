namespace AuditHost.Plugins.Tests.Conformance;

public sealed class LogstashBeatsTlsConformanceTests : LogstashBeatsConformanceTests
{
    protected override bool Tls => true;
}
