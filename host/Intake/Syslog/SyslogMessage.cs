using System.Buffers.Text;
using AuditHost.Sdk;

namespace AuditHost.Intake.Syslog;

/// <summary>
/// The parts of a message of RFC 5424 or RFC 3164, as they stand in its bytes. What has no part is empty. Whatever cannot be made out is
/// text: a message is never refused for its form.
/// </summary>
internal ref struct SyslogMessage
{
    /// <summary>What a message without a priority counts as: a notice of a user's program (RFC 3164, 4.3.3).</summary>
    private const int DefaultPriority = 13;

    private const int HighestPriority = 191;
    private const int LongestTag = 48;

    public int Priority { get; private set; }

    /// <summary>1 for a message of RFC 5424, 0 for one of RFC 3164 and for what is neither.</summary>
    public int Version { get; private set; }

    public ReadOnlySpan<byte> Timestamp { get; private set; }

    public ReadOnlySpan<byte> Host { get; private set; }

    public ReadOnlySpan<byte> AppName { get; private set; }

    public ReadOnlySpan<byte> ProcessId { get; private set; }

    public ReadOnlySpan<byte> MessageId { get; private set; }

    /// <summary>With its brackets.</summary>
    public ReadOnlySpan<byte> StructuredData { get; private set; }

    public ReadOnlySpan<byte> Text { get; private set; }

    public readonly int Facility => Priority >> 3;

    /// <summary>From 0, emergency, to 7, debug.</summary>
    public readonly int Severity => Priority & 7;

    public static SyslogMessage Parse(ReadOnlySpan<byte> bytes)
    {
        var message = new SyslogMessage { Priority = DefaultPriority, Text = bytes };
        if (!TryPriority(ref bytes, out int priority))
            return message;
        message.Priority = priority;
        message.Text = bytes;
        if (bytes.StartsWith("1 "u8) && message.TryRead5424(bytes[2..]))
            return message;
        message.Read3164(bytes);
        return message;
    }

    private static bool TryPriority(scoped ref ReadOnlySpan<byte> bytes, out int priority)
    {
        priority = 0;
        if (bytes.IsEmpty || bytes[0] != '<')
            return false;
        int end = bytes[..Math.Min(bytes.Length, 5)].IndexOf((byte)'>');
        if (end < 2 || !Utf8Parser.TryParse(bytes[1..end], out priority, out int used) || used != end - 1 || priority is < 0 or > HighestPriority)
            return false;
        bytes = bytes[(end + 1)..];
        return true;
    }

    /// <summary><c>TIMESTAMP HOST APP-NAME PROCID MSGID STRUCTURED-DATA [MSG]</c>; a dash stands for nothing.</summary>
    private bool TryRead5424(ReadOnlySpan<byte> bytes)
    {
        if (!TryWord(ref bytes, out ReadOnlySpan<byte> timestamp) || !TryWord(ref bytes, out ReadOnlySpan<byte> host) || !TryWord(ref bytes, out ReadOnlySpan<byte> app)
            || !TryWord(ref bytes, out ReadOnlySpan<byte> process) || !TryWord(ref bytes, out ReadOnlySpan<byte> id) || !TryStructuredData(ref bytes, out ReadOnlySpan<byte> data))
            return false;
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        Version = 1;
        Timestamp = timestamp;
        Host = host;
        AppName = app;
        ProcessId = process;
        MessageId = id;
        StructuredData = data;
        Text = bytes;
        return true;
    }

    private static bool TryWord(scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> word)
    {
        int end = bytes.IndexOf((byte)' ');
        word = end <= 0 ? default : bytes[..end];
        if (end <= 0)
            return false;
        bytes = bytes[(end + 1)..];
        if (word is [(byte)'-'])
            word = default;
        return true;
    }

    private static bool TryStructuredData(scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> data)
    {
        data = default;
        int end = 0;
        if (bytes.StartsWith("-"u8))
        {
            end = 1;
        }
        else
        {
            while (end < bytes.Length && bytes[end] == '[')
            {
                int length = ElementLength(bytes[end..]);
                if (length < 0)
                    return false;
                end += length;
            }

            data = bytes[..end];
        }

        if (end == 0 || (end < bytes.Length && bytes[end] != ' '))
            return false;
        bytes = end < bytes.Length ? bytes[(end + 1)..] : default;
        return true;
    }

    /// <summary>From a bracket to the one that closes it; within quotes a backslash takes the next byte along.</summary>
    private static int ElementLength(ReadOnlySpan<byte> bytes)
    {
        bool quoted = false;
        for (int i = 1; i < bytes.Length; i++)
        {
            byte one = bytes[i];
            if (quoted && one == '\\')
                i++;
            else if (one == '"')
                quoted = !quoted;
            else if (one == ']' && !quoted)
                return i + 1;
        }

        return -1;
    }

    /// <summary><c>Mmm dd hh:mm:ss HOST TAG[PID]: text</c>, or with a time of RFC 3339 instead, as many senders write it.</summary>
    private void Read3164(ReadOnlySpan<byte> bytes)
    {
        bool isLocal = BsdTime.Looks(bytes);
        int length = isLocal ? BsdTime.Length : bytes.IndexOf((byte)' ');
        if (length <= 0 || length >= bytes.Length || bytes[length] != ' ' || !(isLocal || IsRfc3339(bytes[..length])))
            return;
        Timestamp = bytes[..length];
        bytes = bytes[(length + 1)..];
        Text = bytes;
        int end = bytes.IndexOf((byte)' ');

        // A message of the machine itself may have no host: then a tag, which ends in a colon, comes first.
        if (end > 0 && bytes[end - 1] != ':' && bytes[..end].IndexOf((byte)'[') < 0)
        {
            Host = bytes[..end];
            bytes = bytes[(end + 1)..];
            Text = bytes;
        }

        ReadTag(bytes);
    }

    private void ReadTag(ReadOnlySpan<byte> bytes)
    {
        int end = bytes[..Math.Min(bytes.Length, LongestTag)].IndexOfAny((byte)'[', (byte)':', (byte)' ');
        if (end <= 0 || bytes[end] == ' ')
            return;
        ReadOnlySpan<byte> process = default;
        int colon = end;
        if (bytes[end] == '[')
        {
            int close = bytes.IndexOf((byte)']');
            if (close < 0 || close + 1 >= bytes.Length || bytes[close + 1] != ':')
                return;
            process = bytes[(end + 1)..close];
            colon = close + 1;
        }

        AppName = bytes[..end];
        ProcessId = process;
        Text = bytes[(colon + 1)..];
        if (Text.StartsWith(" "u8))
            Text = Text[1..];
    }

    private static bool IsRfc3339(ReadOnlySpan<byte> bytes) => EventTime.TryParse(new EventValue(EventValueKind.String, bytes), out _);
}
