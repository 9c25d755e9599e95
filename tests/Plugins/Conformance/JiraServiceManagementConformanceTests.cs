namespace AuditHost.Plugins.Tests.Conformance;

public sealed class JiraServiceManagementConformanceTests : OpsGenieConformance
{
    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","api_key":"{{Key}}"}""";
}
