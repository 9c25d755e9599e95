using System.Diagnostics.Tracing;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>For plugins that ask nothing of the host.</summary>
internal sealed class NoContext : PluginContext
{
    public override string Destination => "test";

    public override HttpClient Http => throw new NotSupportedException();

    public override TimeProvider Time => TimeProvider.System;

    public override TlsPolicy Tls => throw new NotSupportedException();

    public override ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") => throw new NotSupportedException();

    public override string ResolvePath(string path) => path;

    public override void Log(EventLevel level, string message, Exception? exception = null)
    {
    }
}
