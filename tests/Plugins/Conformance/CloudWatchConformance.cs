using AuditHost.Connectors.CloudWatch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>What CloudWatch Logs answers; whence the credentials come is for derived classes to say.</summary>
public abstract class CloudWatchConformance : HttpConnectorConformance
{
    /// <summary>A signature has the time in it.</summary>
    protected override IReadOnlyCollection<string> VolatileHeaders => ["X-Amz-Date", "Authorization"];

    protected override ConnectorFactory CreateFactory() => new CloudWatchFactory();

    protected override PeerAnswer Delivered(PeerRequest request) => Answer("""{"nextSequenceToken":"49590302938"}""");

    /// <summary>CloudWatch Logs refuses the first events or the last ones, never one in the middle.</summary>
    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex) =>
        failedIndex == 1 ? null : Answer($$$"""{"rejectedLogEventsInfo":{"tooNewLogEventStartIndex":{{{failedIndex}}}}}""");

    protected override PeerAnswer Throttled(PeerRequest request) => new PeerAnswer(400, """{"__type":"ThrottlingException"}""").With("Retry-After", "7");

    protected override PeerAnswer Refused(PeerRequest request) => new(400, """{"__type":"InvalidParameterException","message":"no"}""");

    protected override PeerAnswer TooLarge(PeerRequest request) =>
        new(400, """{"__type":"InvalidParameterException","message":"Upload too large: 1048832 bytes exceeds limit of 1048576"}""");

    protected override PeerAnswer Unauthorized(PeerRequest request) => new(400, """{"__type":"UnrecognizedClientException"}""");

    private static PeerAnswer Answer(string body) => new PeerAnswer(200, body).With("x-amzn-RequestId", "00000000-0000-4000-8000-000000000001");
}
