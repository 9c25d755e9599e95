using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Events;

/// <summary>An event in a few words for lists: <c>SecurityEvent (High) by alice on db-1</c>. What it does not say is left out. Allocates nothing.</summary>
public static class ShortMessage
{
    /// <summary>The most bytes of a type, a user or a host.</summary>
    public const int PartBytes = 255;

    /// <summary>The most bytes of a message.</summary>
    public const int MaxBytes = (3 * PartBytes) + 64;

    /// <summary>Writes the message of an event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="target">Has room for <see cref="MaxBytes"/>.</param>
    /// <returns>How much was written.</returns>
    public static int Write(AuditEvent auditEvent, Span<byte> target)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        using var type = new DecodedText(auditEvent.Type);
        using var user = new DecodedText(auditEvent.User);
        using var host = new DecodedText(auditEvent.Host);
        return Write(type.Utf8, auditEvent.Severity, user.Utf8, host.Utf8, target);
    }

    /// <summary>Writes a message of parts that were decoded already.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="severity">Its severity.</param>
    /// <param name="user">Who acted, or nothing.</param>
    /// <param name="host">Where, or nothing.</param>
    /// <param name="target">Has room for <see cref="MaxBytes"/>.</param>
    /// <returns>How much was written.</returns>
    public static int Write(ReadOnlySpan<byte> type, Severity severity, ReadOnlySpan<byte> user, ReadOnlySpan<byte> host, Span<byte> target)
    {
        ReadOnlySpan<byte> name = Part(type);
        int length = 0;
        Append(target, ref length, name.IsEmpty ? "AuditEvent"u8 : name);
        Append(target, ref length, " ("u8);
        Append(target, ref length, SeverityName.Of(severity));
        Append(target, ref length, ")"u8);
        AppendPart(target, ref length, " by "u8, Part(user));
        AppendPart(target, ref length, " on "u8, Part(host));
        return length;
    }

    /// <summary>A type, a user or a host as it stands in a message: without the spaces around it, and of at most <see cref="PartBytes"/>.</summary>
    public static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> text) => Utf8Text.Cut(text.Trim(" \t\r\n"u8), PartBytes);

    private static void AppendPart(Span<byte> target, ref int length, ReadOnlySpan<byte> before, ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
            return;
        Append(target, ref length, before);
        Append(target, ref length, part);
    }

    private static void Append(Span<byte> target, ref int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target[length..]);
        length += text.Length;
    }
}
