using System.Diagnostics.Tracing;
using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

/// <summary>A context that offers nothing: settings are checked without it.</summary>
internal sealed class FakeContext : PluginContext, IDisposable
{
    public bool IsDisposed { get; private set; }

    public override string Destination => "test";

    public override HttpClient Http => throw new NotSupportedException();

    public override TimeProvider Time => TimeProvider.System;

    public override TlsPolicy Tls => new();

    public override ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") => throw new NotSupportedException();

    public override string ResolvePath(string path) => path;

    public override void Log(EventLevel level, string message, Exception? exception = null)
    {
    }

    public void Dispose() => IsDisposed = true;
}
