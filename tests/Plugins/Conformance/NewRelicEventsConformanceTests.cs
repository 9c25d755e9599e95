using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class NewRelicEventsConformanceTests() : NewRelicConformance("""["events"]""")
{
    // The kit looks at an answer without a request, which does not say by which API it came.
    protected override PeerAnswer Delivered(PeerRequest request) => new(200, """{"success":true,"uuid":"f0e7bfff-001a-b000-0000-01682bcf4565"}""");
}
