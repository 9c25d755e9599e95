using AuditHost.Connectors.OpsGenie;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>What the alert API answers; of which product is for derived classes to say. One message per request: their answers are a batch's partial failures.</summary>
public abstract class OpsGenieConformance : HttpConnectorConformance
{
    protected const string Key = "4a1f2c3d-kit-secret-9b8e";

    protected override bool BodyDecides => true;

    protected override IEventFormatter Formatter { get; } = Rendering.Create(new OpsGenieFormatterFactory());

    protected override ConnectorFactory CreateFactory() => new OpsGenieFactory();

    protected override PeerAnswer Delivered(PeerRequest request) => new(202, """{"result":"Request will be processed","took":0.1,"requestId":"r-1"}""");

    /// <summary>An answer is about its own request and can name no other.</summary>
    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex)
    {
        if (failedIndex > 2)
            return null;
        return request.Number == failedIndex ? new(422, """{"message":"Request body is not processable.","took":0.1,"requestId":"r-2"}""") : Delivered(request);
    }
}
