namespace AuditHost.Plugins.Tests.Conformance;

public sealed class FluentdTcpConformanceTests : FluentdConformance;
