namespace AuditHost.Plugins.Tests.Conformance;

public sealed class WebSocketConformanceTests : WebSocketConformance;
