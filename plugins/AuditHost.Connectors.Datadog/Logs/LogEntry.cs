using System.Text;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Logs;

/// <summary>
/// Writes one entry of the logs API. An event in JSON is the attribute <c>audit</c>: as the message Datadog would parse it, and take its fields for its own,
/// the time first of all.
/// </summary>
internal sealed class LogEntry(DatadogOptions options)
{
    private readonly byte[] _tags = Encoding.UTF8.GetBytes(string.Join(',', options.Tags.Skip(1)));
    private readonly byte[] _service = Encoding.UTF8.GetBytes(options.ServiceName);
    private readonly byte[] _host = Encoding.UTF8.GetBytes(options.HostName);

    /// <param name="outbound">The event.</param>
    /// <param name="isJson">Whether its payload is JSON.</param>
    /// <param name="hasTime">Whether the entry says the event's time; without one, Datadog sets that of its arrival.</param>
    /// <param name="entry">Takes the entry.</param>
    public void Write(in OutboundEvent outbound, bool isJson, bool hasTime, PooledBuffer entry)
    {
        AuditEvent auditEvent = outbound.Event;
        var json = new JsonWriter(entry);
        json.BeginObject();
        if (isJson)
        {
            Span<byte> message = stackalloc byte[ShortMessage.MaxBytes];
            json.Member("message"u8, message[..ShortMessage.Write(auditEvent, message)]);
        }
        else
        {
            json.Member("message"u8, outbound.Payload.Span);
        }

        json.Name(hasTime ? "timestamp"u8 : "event_time"u8);
        if (hasTime)
            json.Number(auditEvent.Time.ToUnixTimeMilliseconds());
        else
            json.Time(auditEvent.Time);
        json.Member("status"u8, StatusOf(auditEvent.Severity));
        json.Member("ddsource"u8, options.Source);
        json.Member("service"u8, _service);
        if (JsonWriter.IsText(auditEvent.Host))
            json.TextMember("hostname"u8, auditEvent.Host);
        else
            json.Member("hostname"u8, _host);
        json.Member("ddtags"u8, _tags);
        json.TextMember("audit_event_id"u8, auditEvent.Id);
        if (isJson)
        {
            json.Name("audit"u8);
            json.Json(outbound.Payload.Span);
        }

        json.EndObject();
        json.Flush();
    }

    /// <summary>Datadog's status, by the words of its status remapper.</summary>
    private static ReadOnlySpan<byte> StatusOf(Severity severity) => severity switch
    {
        Severity.Critical => "critical"u8,
        Severity.High => "error"u8,
        Severity.Medium => "warning"u8,
        Severity.Low => "notice"u8,
        _ => "info"u8,
    };
}
