using AuditHost.Connectors.Logstash;
using AuditHost.Fakes.Logstash;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public class LogstashBeatsConformanceTests : StreamConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new LogstashFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","mode":"lumberjack","compression":"none"}""";

    protected override Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? CreateAnswers() => new BeatsAnswers().To;
}
