using AuditHost.Fakes;

namespace AuditHost.Plugins.Tests.Http;

/// <summary>Takes whatever comes.</summary>
internal sealed class EchoServer : FakeHttpServer
{
    protected override FakeAnswer Answer(FakeRequest request) => new(200, request.Body, "application/octet-stream");
}
