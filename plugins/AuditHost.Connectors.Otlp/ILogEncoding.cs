using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Writes an <c>ExportLogsServiceRequest</c>.</summary>
internal interface ILogEncoding
{
    /// <summary>Its media type.</summary>
    string ContentType { get; }

    /// <summary>A request without any records.</summary>
    ReadOnlyMemory<byte> Empty { get; }

    /// <summary>Whether an answer without a body says what a whole success says.</summary>
    bool EmptyAnswerIsSuccess { get; }

    /// <summary>Writes a request with all events of a batch.</summary>
    void Write(EventBatch batch, PooledBuffer body);
}
