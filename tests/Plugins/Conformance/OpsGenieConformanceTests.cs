namespace AuditHost.Plugins.Tests.Conformance;

public sealed class OpsGenieConformanceTests : OpsGenieConformance
{
    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","api":"opsgenie","api_key":"{{Key}}"}""";
}
