using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Lanes.Alerts;

/// <summary>
/// Writes the event that stands for a message: the one that stands for its group, with a member <c>alert</c> that says what it is about. Formats
/// and templates find it there as they find everything else.
/// </summary>
/// <param name="destination">The destination's name, part of every deduplication key.</param>
internal sealed class AlertComposer(string destination)
{
    private const int MostGroupsNamed = 20;
    private const int DigestBytes = 16;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Composes the event of a message.</summary>
    /// <param name="message">What it says.</param>
    /// <param name="batch">The batch that it tells of.</param>
    /// <param name="now">The time.</param>
    public ParsedEvent Compose(AlertMessage message, LaneBatch batch, DateTimeOffset now)
    {
        var json = new ArrayBufferWriter<byte>(4096);
        AuditEvent? standing = message.IsSummary || message.Groups.Count == 0 ? null : batch[message.Groups[0].Index];
        json.Write("{\"alert\":"u8);
        WriteAlert(json, message, now);
        CopyMembers(standing is null ? Envelope(message, now) : standing.Json.Span, json);
        json.Write("}"u8);
        if (!EventParser.TryParse(json.WrittenSpan, out EventIndex index, out EventError? error))
            throw new InvalidOperationException($"The event of a message is none: {error!.Reason}");
        var composed = new ParsedEvent();
        ulong sequence = message.Groups.Count > 0 ? batch[message.Groups[0].Index].Sequence : SequenceOf(message.Former!);

        // A message is as old as its dispatch: what was held back is not late.
        composed.Set(json.WrittenMemory, index, sequence, now.UtcTicks, (standing as ParsedEvent)?.AssignedId);
        return composed;
    }

    /// <summary>The same for one alert as long as there is the destination, over every restart.</summary>
    public string DedupKeyOf(string key)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{destination}\u001f{key}"));
        return $"audithost-{Convert.ToHexStringLower(digest.AsSpan(0, DigestBytes))}";
    }

    /// <summary>
    /// The place of a message that stands for no event: one that no event has, since its key must be no event's, and the same at every attempt.
    /// </summary>
    private static ulong SequenceOf(OpenAlert alert)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{alert.Key}\u001f{alert.SentAt.UtcTicks}")));
        return BinaryPrimitives.ReadUInt64LittleEndian(digest) >> 2 | (1UL << 63);
    }

    private void WriteAlert(ArrayBufferWriter<byte> json, AlertMessage message, DateTimeOffset now)
    {
        using var writer = new Utf8JsonWriter(json, Options);
        writer.WriteStartObject();
        writer.WriteString("action", message.Action == AlertAction.Resolve ? "resolve" : "trigger");
        writer.WriteString("dedup_key", DedupKeyOf(message.Key));
        writer.WriteString("group", message.Label);
        writer.WriteNumber("count", message.Count);
        writer.WriteNumber("total", (message.Former?.Total ?? 0) + message.Count);
        writer.WriteBoolean("update", message.Former is not null);
        writer.WriteString("first", Text(message.Groups.Count > 0 ? message.Groups.Min(group => group.First) : message.Former?.OpenedAt ?? now));
        writer.WriteString("last", Text(message.Groups.Count > 0 ? message.Groups.Max(group => group.Last) : message.Former?.SentAt ?? now));
        writer.WriteString("severity", SeverityOf(message).ToString());
        if (message.Groups.Count > 1)
            WriteGroups(writer, message.Groups);
        writer.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter writer, IReadOnlyList<AlertGroup> groups)
    {
        writer.WriteStartArray("groups");
        foreach (AlertGroup group in groups.OrderByDescending(group => group.Severity).ThenByDescending(group => group.Count).Take(MostGroupsNamed))
        {
            writer.WriteStartObject();
            writer.WriteString("group", group.Label);
            writer.WriteNumber("count", group.Count);
            writer.WriteString("severity", group.Severity.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The event of a message that none stands for: one that sums up, or one that resolves.</summary>
    private byte[] Envelope(AlertMessage message, DateTimeOffset now)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("event_id", $"{DedupKeyOf(message.Key)}-{now.ToUnixTimeMilliseconds()}");
            writer.WriteString("timestamp", Text(now));
            writer.WriteString("event_type", message.Former?.EventType ?? "AlertSummary");
            writer.WriteString("severity", SeverityOf(message).ToString());
            writer.WriteString("source", "audithost");
            writer.WriteString("message", message.Action == AlertAction.Resolve
                ? $"No further event: {message.Label}. {Counted.Of(message.Former!.Total, "event")} in all."
                : $"{message.Label}: {Counted.Of(message.Count, "event")}.");
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static Severity SeverityOf(AlertMessage message) =>
        message.Groups.Count > 0 ? message.Groups.Max(group => group.Severity) : message.Former?.Severity ?? Severity.Info;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Copies an event's members, all but an <c>alert</c> of its own: nobody who writes events writes the host's messages.</summary>
    private static void CopyMembers(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int start = (int)reader.TokenStartIndex;
            bool isOurs = reader.ValueTextEquals("alert"u8);
            reader.Read();
            reader.Skip();
            if (isOurs)
                continue;
            output.Write(","u8);
            output.Write(json[start..(int)reader.BytesConsumed]);
        }
    }
}
