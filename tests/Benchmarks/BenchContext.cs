using System.Diagnostics.Tracing;
using System.Net;
using AuditHost.Formatting;
using AuditHost.Sdk;

namespace AuditHost.Benchmarks;

/// <summary>A network that takes everything at once: what is left is what a connector does itself.</summary>
internal sealed class BenchContext : PluginContext, IDisposable
{
    public override string Destination => "d";

    public override HttpClient Http { get; } = new(new Swallow());

    public override TimeProvider Time => TimeProvider.System;

    public override TlsPolicy Tls => throw new NotSupportedException("Nothing is connected to.");

    public override ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) => new(new Sink());

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") =>
        TemplateCompiler.CompileEvent(source, "template", contentType);

    public override string ResolvePath(string path) => path;

    public override void Log(EventLevel level, string message, Exception? exception = null)
    {
    }

    public void Dispose() => Http.Dispose();

    private sealed class Swallow : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } content)
                await content.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
        }
    }

    /// <summary>Takes what is written; a reader waits until it gives up, as with a receiver that never answers.</summary>
    private sealed class Sink : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }
}
