using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AuditHost.Delivery;

namespace AuditHost.Dashboard;

/// <summary>Shows dead letters to people.</summary>
internal static class DeadLetterViews
{
    public static DeadLetterView Of(DeadLetter letter, bool withBytes) => new()
    {
        Id = letter.Id,
        Destination = letter.Destination,
        Sequence = letter.Sequence,
        EventId = letter.EventId,
        EventType = letter.EventType,
        Cause = NameOf(letter.Cause),
        Reason = letter.Reason,
        Status = letter.Status,
        Response = letter.Response,
        Attempts = letter.Attempts,
        ReceivedAt = letter.ReceivedAt,
        FirstAttemptAt = letter.FirstAttemptAt,
        DiedAt = letter.DiedAt,
        Plugin = letter.Plugin,
        Revision = letter.Revision,
        Original = withBytes ? Text(letter.Original.Span) : null,
        Sent = withBytes ? Text(letter.Sent.Span) : null,
    };

    public static string NameOf(DeathCause cause) => JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString());

    private static string Text(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : $"base64:{Convert.ToBase64String(bytes)}";
}
