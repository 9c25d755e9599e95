using System.Buffers;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>
/// One line that says what happened, for the title of an alert: <c>SecurityEvent (High) by alice on app-01</c>; where the host's alert
/// hygiene has put several events into one message, their number and their group come first, and of a message that sums up alerts the most severe
/// one is named.
/// </summary>
public static class AlertSummary
{
    private const int NameCharacters = 200;

    /// <summary>Writes the line, of at most 1,000 characters, as UTF-8 without line breaks.</summary>
    public static void Write(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ArgumentNullException.ThrowIfNull(output);
        var line = new Utf8Writer(output);
        var alert = new Alert(auditEvent);
        if (alert.Count > 1)
        {
            Name(ref line, default, alert.Group, "Several alerts"u8);
            line.Write(", "u8);
            line.WriteNumber(alert.Count);
            line.Write(" events; the most severe: "u8);
        }

        EventValue mostSevere = AlertGroups.MostSevere(alert.Groups);
        Name(ref line, default, mostSevere.HasValue ? mostSevere : auditEvent.Type, "AuditEvent"u8);
        line.Write(" ("u8);
        line.Write(SeverityName.Of(auditEvent.Severity));
        line.Write((byte)')');
        Name(ref line, " by "u8, auditEvent.User, default);
        Name(ref line, " on "u8, auditEvent.Host, default);
        line.Flush();
    }

    private static void Name(ref Utf8Writer line, ReadOnlySpan<byte> before, EventValue value, ReadOnlySpan<byte> otherwise)
    {
        using var decoded = new DecodedText(value);
        ReadOnlySpan<byte> name = Utf8Text.CutCharacters(decoded.Utf8.Trim(" \t\r\n"u8), NameCharacters);
        if (name.IsEmpty)
            name = otherwise;
        if (name.IsEmpty)
            return;
        line.Write(before);
        Span<byte> target = line.Reserve(name.Length);
        name.CopyTo(target);

        // A title is one line wherever it is shown.
        foreach (ref byte one in target[..name.Length])
        {
            if (one is < 32 or 127)
                one = (byte)' ';
        }

        line.Advance(name.Length);
    }
}
