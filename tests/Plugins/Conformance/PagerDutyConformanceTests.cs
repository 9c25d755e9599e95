using AuditHost.Connectors.PagerDuty;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>One message per request: the answers to the requests of a batch are its partial failures.</summary>
public sealed class PagerDutyConformanceTests : HttpConnectorConformance
{
    protected override bool BodyDecides => true;

    protected override IEventFormatter Formatter { get; } = Rendering.Create(new PagerDutyFormatterFactory());

    protected override ConnectorFactory CreateFactory() => new PagerDutyFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","integration_key":"kitsecret0815kitsecret0815kitsec"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(202, """{"status":"success","message":"Event processed","dedup_key":"k"}""");

    /// <summary>An answer is about its own request and can name no other.</summary>
    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex)
    {
        if (failedIndex > 2)
            return null;
        return request.Number == failedIndex ? new(400, """{"status":"invalid event","message":"Event object is invalid","errors":["no"]}""") : Delivered(request);
    }
}
