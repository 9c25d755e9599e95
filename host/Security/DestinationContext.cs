using System.Diagnostics.Tracing;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Security;

/// <summary>The host's side of <see cref="PluginContext"/>: everything here follows the destination's options.</summary>
internal sealed class DestinationContext : PluginContext, IDisposable
{
    public DestinationContext(DestinationOptions options, string baseDirectory, TimeProvider time, ILogger logger)
    {
        _ = (options, baseDirectory, time, logger);
        throw new NotImplementedException();
    }

    public override string Destination => throw new NotImplementedException();

    public override HttpClient Http => throw new NotImplementedException();

    public override TimeProvider Time => throw new NotImplementedException();

    public override TlsPolicy Tls => throw new NotImplementedException();

    public override ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) => throw new NotImplementedException();

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") => throw new NotImplementedException();

    public override string ResolvePath(string path) => throw new NotImplementedException();

    public override void Log(EventLevel level, string message, Exception? exception = null) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
