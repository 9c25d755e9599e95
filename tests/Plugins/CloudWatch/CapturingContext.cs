using System.Diagnostics.Tracing;
using System.Net;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.CloudWatch;

/// <summary>Keeps the one request that a connector makes to an address that no test can serve.</summary>
internal sealed class CapturingContext(TimeProvider time) : PluginContext, IDisposable
{
    private readonly Handler _handler = new();

    public HttpRequestMessage Request => _handler.Request!;

    public byte[] Body => _handler.Body;

    public override string Destination => "test";

    public override HttpClient Http => new(_handler, disposeHandler: false);

    public override TimeProvider Time => time;

    public override TlsPolicy Tls => throw new NotSupportedException();

    public override ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") => throw new NotSupportedException();

    public override string ResolvePath(string path) => path;

    public override void Log(EventLevel level, string message, Exception? exception = null)
    {
    }

    public void Dispose() => _handler.Dispose();

    private sealed class Handler : HttpMessageHandler
    {
        public HttpRequestMessage? Request { get; private set; }

        public byte[] Body { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = request;
            Body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.1") };
            response.Headers.Add("x-amzn-RequestId", "1");
            return response;
        }
    }
}
