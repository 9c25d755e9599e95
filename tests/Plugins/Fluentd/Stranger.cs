using AuditHost.Fakes;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>Says one thing to everybody who comes, and closes.</summary>
internal sealed class Stranger(byte[] greeting) : FakeStreamServer
{
    protected override async Task ServeAsync(Stream stream, CancellationToken cancellationToken) =>
        await stream.WriteAsync(greeting, cancellationToken);
}
