namespace AuditHost.Plugins.Tests.Conformance;

public sealed class NewRelicConformanceTests() : NewRelicConformance("""["logs","metrics"]""");
