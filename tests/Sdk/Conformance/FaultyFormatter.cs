using System.Buffers;
using System.Globalization;
using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Sdk.Conformance;

/// <summary>Writes an event's JSON on one line, or its id, and has one fault.</summary>
internal sealed class FaultyFormatter : IEventFormatter
{
    private readonly FormatFault _fault;
    private readonly ArrayBufferWriter<byte> _shared = new();
    private readonly object? _timer;
    private int _count;

    public FaultyFormatter(FormatFault fault)
    {
        _fault = fault;
        if (fault == FormatFault.KeepsTimer)
            _timer = new Timer(_ => GC.KeepAlive(this), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    public string ContentType => _fault == FormatFault.ClaimsJson ? "application/json" : "text/plain";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        switch (_fault)
        {
            case FormatFault.LeavesLineBreaks:
                output.Write(auditEvent.Json.Span);
                break;
            case FormatFault.LeavesOddBytes:
                output.Write<byte>([(byte)'x', 0xff]);
                break;
            case FormatFault.ThrowsOnMissing when auditEvent.Type.Kind == EventValueKind.Missing:
                throw new InvalidOperationException("No type.");
            case FormatFault.CountsEvents:
                output.Write(Encoding.ASCII.GetBytes(Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture)));
                break;
            case FormatFault.SharesBuffer:
                WriteShared(auditEvent, output);
                break;
            case FormatFault.AdvancesTooFar:
                Span<byte> span = output.GetSpan(1);
                span[0] = (byte)'x';
                output.Advance(2);
                break;
            case FormatFault.ClaimsJson:
                output.Write("id=1"u8);
                break;
            default:
                OneLineJson.Write(auditEvent.Json.Span, output);
                break;
        }

        GC.KeepAlive(_timer);
    }

    // Another thread may clear it between the two.
    private void WriteShared(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        _shared.ResetWrittenCount();
        OneLineJson.Write(auditEvent.Json.Span, _shared);
        Thread.Yield();
        output.Write(_shared.WrittenSpan);
    }
}
