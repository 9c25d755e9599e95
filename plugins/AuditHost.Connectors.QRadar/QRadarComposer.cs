using System.Buffers;
using System.Buffers.Text;
using System.Text;
using AuditHost.PluginKit.Syslog;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.QRadar;

/// <summary>
/// Puts the header before an event that IBM's guide for LEEF asks for: priority, time and host, and no tag, since the event stands where a
/// tag would. The host is never an IPv6 address.
/// </summary>
internal sealed class QRadarComposer(QRadarHeader header, SyslogOptions options, string appName) : IMessageComposer
{
    /// <summary>The length of <c>Mmm dd hh:mm:ss</c> and the space after it.</summary>
    private const int TimeLength = 16;

    private const int RoundTripLength = 28;
    private const int MillisecondsLength = 23;

    private static readonly byte[] Machine = MachineName();

    private readonly byte[] _nilFields = Encoding.ASCII.GetBytes($" {appName} - - - ");
    private readonly ArrayBufferWriter<byte> _scratch = new();

    public void Compose(in OutboundEvent outboundEvent, IBufferWriter<byte> output)
    {
        _scratch.ResetWrittenCount();
        SyslogHeaderWriter.Write3164(outboundEvent.Event, in options, _scratch);
        ReadOnlySpan<byte> written = _scratch.WrittenSpan;
        int priority = written.IndexOf((byte)'>') + 1;
        ReadOnlySpan<byte> host = written[(priority + TimeLength)..];
        host = host[..host.IndexOf((byte)' ')];
        if (host.Contains((byte)':'))
            host = Machine;
        if (header == QRadarHeader.Rfc3164)
        {
            output.Write(written[..(priority + TimeLength)]);
            output.Write(host);
            output.Write(" "u8);
        }
        else
        {
            output.Write(written[..priority]);
            output.Write("1 "u8);
            WriteTime(outboundEvent.Event.Time, output);
            output.Write(host);
            output.Write(_nilFields);
        }

        output.Write(outboundEvent.Payload.Span);
    }

    // Three decimals and no other number of them.
    private static void WriteTime(DateTimeOffset time, IBufferWriter<byte> output)
    {
        Span<byte> text = stackalloc byte[RoundTripLength];
        Utf8Formatter.TryFormat(time.UtcDateTime, text, out _, 'O');
        output.Write(text[..MillisecondsLength]);
        output.Write("Z "u8);
    }

    private static byte[] MachineName()
    {
        string name = string.Concat(Environment.MachineName.Where(static character => character is > ' ' and <= '~' and not ':'));
        return Encoding.ASCII.GetBytes(name.Length > 0 ? name : "-");
    }
}
