namespace AuditHost.Plugins.Tests.Conformance;

public sealed class NewRelicTracesConformanceTests() : NewRelicConformance("""["logs","traces"]""");
