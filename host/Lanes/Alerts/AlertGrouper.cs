using System.Buffers;
using System.Text;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Lanes.Alerts;

/// <summary>
/// Puts events into the alerts of a batch. An alert costs the batch one event, the one that stands for it; the others only count, so that a
/// storm of any length is one batch.
/// </summary>
/// <param name="paths">What events of an alert have in common.</param>
/// <param name="time">The clock.</param>
internal sealed class AlertGrouper(IReadOnlyList<string> paths, TimeProvider time)
{
    /// <summary>A site may group by what is another value in each event; beyond these they share one.</summary>
    public const int MostGroups = 500;

    /// <summary>The sequence numbers of so many events take two megabytes.</summary>
    public const int MostEvents = 250_000;

    /// <summary>What the events that stand for alerts may take, each a copy: a block of the journal would cost far more.</summary>
    public const long MostBytes = 8 << 20;

    private const int LongestValue = 128;
    private const int LongestLabel = 200;
    private const char Separator = '\u001f';
    private const string Rest = "\u001frest";

    private readonly ArrayBufferWriter<char> _key = new(256);
    private readonly ArrayBufferWriter<byte> _text = new(256);

    /// <summary>Adds an event to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="parsed">The event.</param>
    /// <param name="alone">Whether the batch takes one alert alone, so that its message is settled before there is another.</param>
    /// <returns>Whether it had room.</returns>
    public bool TryAdd(LaneBatch batch, ParsedEvent parsed, bool alone)
    {
        AlertGroups groups = batch.Alerts!;
        WriteKey(parsed);
        AlertGroup? group = groups.Find(_key.WrittenSpan);
        if (group is null && alone && groups.All.Count > 0)
            return false;
        bool isRest = Stands(parsed, group) && !HasRoomFor(batch, parsed, group);
        if (isRest)
            group = groups.Find(Rest);
        if (group is null)
        {
            group = new AlertGroup(isRest ? Rest : _key.WrittenSpan.ToString(), isRest ? "others" : LabelOf(_key.WrittenSpan), batch.Count, time.GetTimestamp());
            groups.Open(group);
            batch.Add(parsed.Copy(), 0, default);
            group.Add(parsed, other: null);
        }
        else if (Stands(parsed, group))
        {
            ulong former = batch[group.Index].Sequence;
            batch.Replace(group.Index, parsed.Copy());
            group.Add(parsed, former);
        }
        else
        {
            batch.AddCounted(parsed.Sequence);
            group.Add(parsed, parsed.Sequence);
        }

        groups.Count();
        return true;
    }

    /// <summary>Whether an event would stand for its alert: the first, or a more severe one.</summary>
    private static bool Stands(ParsedEvent parsed, AlertGroup? group) => group is null || parsed.Severity > group.Severity;

    /// <summary>Whether an event may stand for an alert of its own; where not, it is one of those that share one.</summary>
    private static bool HasRoomFor(LaneBatch batch, ParsedEvent parsed, AlertGroup? group) =>
        (group is not null || batch.Alerts!.All.Count < MostGroups - 1)
        && (batch.Count == 0 || batch.Bytes + parsed.Json.Length - (group is null ? 0 : batch[group.Index].Json.Length) <= MostBytes);

    private void WriteKey(AuditEvent auditEvent)
    {
        _key.ResetWrittenCount();
        foreach (string path in paths)
        {
            if (_key.WrittenCount > 0)
                _key.Write([Separator]);
            if (path == "severity")
                _key.Write(Enum.GetName(auditEvent.Severity)!);
            else
                WriteValue(ValueOf(auditEvent, path));
        }
    }

    /// <summary>The envelope's fields go by one name, whatever the producer calls them.</summary>
    private static EventValue ValueOf(AuditEvent auditEvent, string path) => path switch
    {
        "event_type" => auditEvent.Type,
        "source" => auditEvent.Source,
        "user" => auditEvent.User,
        "host" => auditEvent.Host,
        "operation" => auditEvent.Operation,
        "classification" => auditEvent.Classification,
        _ => auditEvent.Find(path),
    };

    private void WriteValue(EventValue value)
    {
        _text.ResetWrittenCount();
        value.WriteTo(_text);
        Span<char> target = _key.GetSpan(_text.WrittenCount);
        int length = Encoding.UTF8.GetChars(_text.WrittenSpan, target);
        if (length > LongestValue)
            length = char.IsHighSurrogate(target[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        target[..length].Replace(Separator, ' ');
        _key.Advance(length);
    }

    private static string LabelOf(ReadOnlySpan<char> key)
    {
        var label = new StringBuilder(key.Length);
        foreach (Range part in key.Split(Separator))
        {
            if (key[part].IsEmpty)
                continue;
            if (label.Length > 0)
                label.Append(' ');
            label.Append(key[part]);
        }

        if (label.Length == 0)
            return "all events";
        return label.Length <= LongestLabel ? label.ToString() : label.ToString(0, LongestLabel - 1) + "…";
    }
}
