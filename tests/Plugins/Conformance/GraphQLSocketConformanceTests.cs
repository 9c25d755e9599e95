namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GraphQLSocketConformanceTests : GraphQLSocketConformance;
