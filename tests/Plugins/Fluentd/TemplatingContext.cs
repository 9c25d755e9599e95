using System.Buffers;
using System.Diagnostics.Tracing;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>A context whose templates are of the one kind <c>text{{ audit.type }}</c>, since only the host compiles real ones.</summary>
internal sealed class TemplatingContext(PluginContext inner) : PluginContext
{
    public override string Destination => inner.Destination;

    public override HttpClient Http => inner.Http;

    public override TimeProvider Time => inner.Time;

    public override TlsPolicy Tls => inner.Tls;

    public override ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken) => inner.ConnectAsync(endpoint, cancellationToken);

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") =>
        source.EndsWith("{{ audit.type }}", StringComparison.Ordinal)
            ? new TypeFormatter(source[..source.IndexOf('{', StringComparison.Ordinal)])
            : throw new SettingsException(string.Empty, "template:1:3: not of the one kind.");

    public override string ResolvePath(string path) => inner.ResolvePath(path);

    public override void Log(EventLevel level, string message, Exception? exception = null) => inner.Log(level, message, exception);

    private sealed class TypeFormatter(string prefix) : IEventFormatter
    {
        private readonly byte[] _prefix = Encoding.UTF8.GetBytes(prefix);

        public string ContentType => "text/plain";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
        {
            output.Write(_prefix);
            auditEvent.Type.WriteTo(output);
        }
    }
}
