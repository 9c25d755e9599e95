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
    private readonly byte[] _deviceProcessName;

    public CefFormatter(CefFormatterSettings settings)
    {
        var start = new ArrayBufferWriter<byte>();
        var cef = new CefWriter(start);
        cef.HeaderPart(settings.Version == 0 ? "CEF:0|"u8 : "CEF:1|"u8);
        cef.HeaderField(Encoding.UTF8.GetBytes(settings.DeviceVendor), CefLimits.Vendor);
        cef.HeaderField(Encoding.UTF8.GetBytes(settings.DeviceProduct), CefLimits.Product);
        cef.Flush();
        _headerStart = start.WrittenSpan.ToArray();
        _deviceVersion = settings.DeviceVersion is { } version ? Encoding.UTF8.GetBytes(version) : null;
        _deviceProcessName = Encoding.UTF8.GetBytes(settings.DeviceProcessName);
    }

    public string ContentType => "text/plain";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var cef = new CefWriter(output);
        CefEventClass? eventClass = CefEventClass.Find(auditEvent.Type);
        using var release = new DecodedText(auditEvent.Find("context.environment.version"));
        WriteHeader(auditEvent, eventClass, release.Utf8, ref cef);

        long time = UnixMilliseconds(auditEvent.Time);
        cef.Extension("start"u8, time);
        cef.Extension("end"u8, time);
        cef.Extension("suser"u8, auditEvent.User, CefLimits.Text);
        cef.Extension("dvchost"u8, auditEvent.Host, CefLimits.DeviceHostName);
        cef.Count("dvcpid"u8, auditEvent.Find("context.environment.process_id"));
        cef.Extension("deviceProcessName"u8, _deviceProcessName, CefLimits.Text);
        cef.Extension("deviceVersion"u8, release.Utf8, CefLimits.Text);
        (eventClass?.WriteDetails ?? CefDetails.AnyOther)(auditEvent, ref cef);
        cef.Labelled("cs2"u8, "Data Classification"u8, auditEvent.Classification);
        cef.LabelledList("cs3"u8, "Active Compliance Profiles"u8, auditEvent.ComplianceProfiles);
        cef.Labelled("cs4"u8, "Integrity Hash"u8, auditEvent.Find("integrity_hash"));
        cef.Labelled("cs5"u8, "Previous Hash"u8, auditEvent.Find("previous_hash"));
        WriteId(auditEvent.Id, ref cef);

        // Receivers lose the spaces at the end of a line, so the last value is one that cannot end in a space.
        cef.Extension("rt"u8, UnixMilliseconds(auditEvent.ReceivedAt));
        cef.Flush();
    }

    private void WriteHeader(AuditEvent auditEvent, CefEventClass? eventClass, ReadOnlySpan<byte> release, ref CefWriter cef)
    {
        cef.HeaderPart(_headerStart);
        cef.HeaderField(_deviceVersion ?? (release.IsEmpty ? "1.0"u8 : release), CefLimits.DeviceVersion);
        if (eventClass is not null)
        {
            cef.HeaderPart(eventClass.Header);
        }
        else
        {
            using var type = new DecodedText(auditEvent.Type);
            ReadOnlySpan<byte> text = type.Utf8.IsEmpty ? "AuditEvent"u8 : type.Utf8;
            cef.HeaderField(text, CefLimits.EventClassId);
            cef.HeaderField(text, CefLimits.Name);
        }

        cef.HeaderPart(auditEvent.Severity switch
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
        using var text = new DecodedText(id);
        if (text.Utf8.Length <= CefLimits.ExternalId)
            cef.Extension("externalId"u8, text.Utf8, CefLimits.ExternalId);
        cef.Extension("auditEventId"u8, text.Utf8, CefLimits.Text);
    }

    private static long UnixMilliseconds(DateTimeOffset time) =>
        (time.UtcTicks / TimeSpan.TicksPerMillisecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond);
}
