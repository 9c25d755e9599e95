using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using AuditHost.Sdk;

namespace AuditHost.Tests.Webhook;

/// <summary>A destination as the host prepares one, without credentials.</summary>
internal sealed class WebhookContext : PluginContext, IDisposable
{
    public ConcurrentQueue<string> Logged { get; } = [];

    public override string Destination => "hook";

    public override HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public override TimeProvider Time => TimeProvider.System;

    public override TlsPolicy Tls { get; } = new();

    public override ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") => throw new NotSupportedException();

    public override string ResolvePath(string path) => path;

    public override void Log(EventLevel level, string message, Exception? exception = null) => Logged.Enqueue($"{message} {exception}");

    public void Dispose() => Http.Dispose();
}
