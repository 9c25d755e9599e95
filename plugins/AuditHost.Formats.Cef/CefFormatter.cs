using System.Buffers;
using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Cef;

/// <summary>Writes one line of CEF for an event, straight from the bytes received and without allocation.</summary>
internal sealed class CefFormatter : IEventFormatter
{
    private readonly byte[] _headerStart;
    private readonly byte[]? _deviceVersion;
    private readonly byte[] _deviceProcess;

    public CefFormatter(CefFormatterSettings settings)
    {
        var written = new ArrayBufferWriter<byte>();
        var cef = new CefWriter(written);
        cef.Escaped(settings.Version == 0 ? "CEF:0|"u8 : "CEF:1|"u8);
        cef.HeaderField(Encoding.UTF8.GetBytes(settings.DeviceVendor), CefLimits.Vendor);
        cef.HeaderField(Encoding.UTF8.GetBytes(settings.DeviceProduct), CefLimits.Product);
        cef.Flush();
        _headerStart = written.WrittenSpan.ToArray();
        _deviceVersion = settings.DeviceVersion is { } version ? Encoding.UTF8.GetBytes(version) : null;

        written.ResetWrittenCount();
        cef.Extension(" deviceProcessName="u8, Encoding.UTF8.GetBytes(settings.DeviceProcessName), CefLimits.Text);
        cef.Flush();
        _deviceProcess = written.WrittenSpan.ToArray();
    }

    public string ContentType => "text/plain";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var cef = new CefWriter(output);
        CefEventClass? eventClass = CefEventClass.Find(auditEvent.Type);
        using var release = new DecodedText(auditEvent.Find("context.environment.version"));
        WriteHeader(auditEvent, eventClass, release.Utf8, ref cef);

        long time = UnixMilliseconds(auditEvent.Time);
        cef.Extension("start="u8, time);
        cef.Extension(" end="u8, time);
        cef.Extension(" suser="u8, auditEvent.User, CefLimits.Text);
        cef.Extension(" dvchost="u8, auditEvent.Host, CefLimits.DeviceHostName);
        cef.Count(" dvcpid="u8, auditEvent.Find("context.environment.process_id"));
        cef.Escaped(_deviceProcess);
        cef.Extension(" deviceVersion="u8, release.Utf8, CefLimits.Text);
        (eventClass?.WriteDetails ?? CefDetails.AnyOther)(auditEvent, ref cef);
        cef.Extension(" cs2Label=Data Classification cs2="u8, auditEvent.Classification, CefLimits.CustomString);
        cef.List(" cs3Label=Active Compliance Profiles cs3="u8, auditEvent.ComplianceProfiles);
        cef.Extension(" cs4Label=Integrity Hash cs4="u8, auditEvent.Find("integrity_hash"), CefLimits.CustomString);
        cef.Extension(" cs5Label=Previous Hash cs5="u8, auditEvent.Find("previous_hash"), CefLimits.CustomString);
        WriteId(auditEvent.Id, ref cef);

        // Receivers lose the spaces at the end of a line, so the last value is one that cannot end in a space.
        cef.Extension(" rt="u8, UnixMilliseconds(auditEvent.ReceivedAt));
        cef.Flush();
    }

    private void WriteHeader(AuditEvent auditEvent, CefEventClass? eventClass, ReadOnlySpan<byte> release, ref CefWriter cef)
    {
        cef.Escaped(_headerStart);
        cef.HeaderField(_deviceVersion ?? (release.IsEmpty ? "1.0"u8 : release), CefLimits.DeviceVersion);
        if (eventClass is not null)
        {
            cef.Escaped(eventClass.Header);
        }
        else
        {
            using var type = new DecodedText(auditEvent.Type);
            ReadOnlySpan<byte> text = type.Utf8.IsEmpty ? "AuditEvent"u8 : type.Utf8;
            cef.HeaderField(text, CefLimits.EventClassId);
            cef.HeaderField(text, CefLimits.Name);
        }

        cef.Escaped(auditEvent.Severity switch
        {
            Severity.Critical => "10|"u8,
            Severity.High => "8|"u8,
            Severity.Medium => "6|"u8,
            Severity.Low => "4|"u8,
            _ => "2|"u8,
        });
    }

    /// <summary>A cut id would name another event, so the standard key is used only where the whole id fits it.</summary>
    private static void WriteId(EventValue id, ref CefWriter cef)
    {
        if (id.Raw.Length <= CefLimits.ExternalId || (id.IsEscaped && DecodedFits(id, CefLimits.ExternalId)))
            cef.Extension(" externalId="u8, id, CefLimits.ExternalId);
        cef.Extension(" auditEventId="u8, id, CefLimits.Text);
    }

    private static bool DecodedFits(EventValue value, int limit)
    {
        using var text = new DecodedText(value);
        return text.Utf8.Length <= limit;
    }

    private static long UnixMilliseconds(DateTimeOffset time) =>
        (time.UtcTicks / TimeSpan.TicksPerMillisecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond);
}
