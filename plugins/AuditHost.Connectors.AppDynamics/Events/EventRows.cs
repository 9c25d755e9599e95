using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>Writes a batch as the array of flat objects that the Events Service takes.</summary>
/// <param name="columns">The columns.</param>
/// <param name="withTimestamp">Whether the event's time is the row's eventTimestamp.</param>
/// <param name="limit">The most bytes of a text.</param>
internal sealed class EventRows(EventColumns columns, bool withTimestamp, int limit)
{
    public void Write(EventBatch batch, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        for (int index = 0; index < batch.Count; index++)
        {
            if (index > 0)
                output.Write(","u8);
            Write(in batch[index], output);
        }

        output.Write("]"u8);
    }

    private void Write(ref readonly OutboundEvent outbound, IBufferWriter<byte> output)
    {
        AuditEvent auditEvent = outbound.Event;
        var row = new RowWriter(output, limit);
        row.Begin();
        if (withTimestamp)
            row.Date("eventTimestamp"u8, auditEvent.Time);
        row.Date(EventColumns.EventTime.Utf8Name, auditEvent.Time);
        row.Integer(EventColumns.SeverityLevel.Utf8Name, (int)auditEvent.Severity);
        foreach (EventColumn column in columns.Fields)
            row.Field(column, column.Read!(auditEvent));
        if (columns.Body is { } body)
            row.Text(body.Utf8Name, outbound.Payload.Span);
        row.End(EventColumns.IsTruncated.Utf8Name);
    }
}
