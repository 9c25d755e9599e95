using System.Buffers;
using System.Buffers.Text;
using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Leef;

/// <summary>Writes one line of LEEF for an event, straight from the bytes received and without allocation.</summary>
internal sealed class LeefFormatter : IEventFormatter
{
    // "^truncated=true^sequence=18446744073709551615"
    private const int TailBytes = 15 + 30;

    /// <summary>The digits of a time that QRadar reads without being told the format: milliseconds since 1970.</summary>
    private const int TimeDigits = 13;

    private const long HighestTime = 9_999_999_999_999;

    private readonly byte[] _headerStart;
    private readonly byte[]? _productVersion;
    private readonly byte[] _headerEnd;
    private readonly byte _delimiter;
    private readonly SearchValues<byte> _valueSpecials;
    private readonly int _maxBytes;

    public LeefFormatter(LeefFormatterSettings settings, LeefDelimiter delimiter)
    {
        bool names = settings.Version == LeefVersion.Two;
        byte[] room = new byte[2 * (LeefLimits.Vendor + LeefLimits.Product)];
        var start = new LeefWriter(room, 0, delimiter.Character, LeefText.HeaderSpecials);
        start.Header(names ? "LEEF:2.0|"u8 : "LEEF:1.0|"u8);
        start.HeaderField(Encoding.UTF8.GetBytes(settings.Vendor), LeefLimits.Vendor);
        start.HeaderField(Encoding.UTF8.GetBytes(settings.Product), LeefLimits.Product);
        _headerStart = room[..start.Written];
        _productVersion = settings.ProductVersion is { } version ? Encoding.UTF8.GetBytes(version) : null;
        _headerEnd = names ? Encoding.ASCII.GetBytes(delimiter.InHeader + "|") : [];
        _delimiter = delimiter.Character;
        _valueSpecials = LeefText.SpecialsFor(delimiter.Character);
        _maxBytes = settings.MaxPayloadBytes - LeefLimits.SyslogHeader;
    }

    public string ContentType => "text/plain; charset=utf-8";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var leef = new LeefWriter(output.GetSpan(_maxBytes)[.._maxBytes], TailBytes, _delimiter, _valueSpecials);
        LeefEventClass eventClass = LeefEventClass.Find(auditEvent.Type);
        WriteHeader(auditEvent, eventClass, ref leef);
        WriteWhatMatters(auditEvent, eventClass, ref leef);
        foreach (LeefField field in eventClass.Predefined)
            leef.Attribute(field, auditEvent);
        leef.Attribute("identHostName"u8, auditEvent.Host, LeefLimits.Name);
        leef.Attribute("operationId"u8, auditEvent.Operation, LeefLimits.Text);
        leef.Attribute("classification"u8, auditEvent.Classification, LeefLimits.Text);
        if (auditEvent.ComplianceProfiles is { Kind: EventValueKind.Array } profiles)
            leef.List("complianceProfiles"u8, profiles.Raw, LeefLimits.Text);
        leef.Attribute("integrityHash"u8, auditEvent.Find("integrity_hash"), LeefLimits.Text);
        leef.Attribute("previousHash"u8, auditEvent.Find("previous_hash"), LeefLimits.Text);
        leef.Attribute("eventSource"u8, auditEvent.Source, LeefLimits.Text);
        leef.Attribute("processId"u8, auditEvent.Find("context.environment.process_id"), LeefLimits.Text);
        foreach (LeefField field in eventClass.Details)
            leef.Attribute(field, auditEvent);

        // Last, because receivers lose the spaces at the end of a line and a number has none.
        leef.End("sequence"u8, auditEvent.Sequence);
        output.Advance(leef.Written);
    }

    private static void WriteWhatMatters(AuditEvent auditEvent, LeefEventClass eventClass, ref LeefWriter leef)
    {
        WriteTime(auditEvent.Time, ref leef);
        EventValue category = auditEvent.Find(eventClass.Category);
        if (category.Kind is EventValueKind.Object or EventValueKind.Array || !category.HasValue || category.Raw.IsEmpty)
            leef.Attribute("cat"u8, eventClass == LeefEventClass.Other ? "Audit"u8 : eventClass.EventId, LeefLimits.Category);
        else
            leef.Attribute("cat"u8, category, LeefLimits.Category);
        leef.Attribute("sev"u8, auditEvent.Severity switch
        {
            Severity.Critical => 10,
            Severity.High => 8,
            Severity.Medium => 5,
            Severity.Low => 3,
            _ => 1,
        });
        leef.Attribute("eventId"u8, auditEvent.Id, LeefLimits.Name);
        ReadOnlySpan<byte> session = LeefSession.KeyOf(auditEvent);
        if (!session.IsEmpty)
            leef.Attribute(session, "true"u8, LeefLimits.Text);
    }

    // A time of more digits, or before 1970, would be misread: without it the receiver takes the time of the syslog header.
    private static void WriteTime(DateTimeOffset time, ref LeefWriter leef)
    {
        long milliseconds = (time.UtcTicks / TimeSpan.TicksPerMillisecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond);
        if (milliseconds is < 0 or > HighestTime)
            return;
        Span<byte> digits = stackalloc byte[TimeDigits];
        Utf8Formatter.TryFormat(milliseconds, digits, out _, new StandardFormat('D', TimeDigits));
        leef.Attribute("devTime"u8, digits, TimeDigits);
    }

    private void WriteHeader(AuditEvent auditEvent, LeefEventClass eventClass, ref LeefWriter leef)
    {
        leef.Header(_headerStart);
        using (var release = new DecodedText(auditEvent.Find("context.environment.version")))
            leef.HeaderField(_productVersion ?? (release.Utf8.IsEmpty ? "1.0"u8 : release.Utf8), LeefLimits.ProductVersion);
        if (eventClass != LeefEventClass.Other)
        {
            leef.HeaderField(eventClass.EventId, LeefLimits.Name);
        }
        else
        {
            using var type = new DecodedText(auditEvent.Type);
            leef.HeaderField(type.Utf8.IsEmpty ? "AuditEvent"u8 : type.Utf8, LeefLimits.Name);
        }

        leef.Header(_headerEnd);
    }
}
