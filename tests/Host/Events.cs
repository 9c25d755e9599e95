using System.Text;
using AuditHost.Intake;

namespace AuditHost.Tests;

/// <summary>Events for tests, parsed by the parser itself.</summary>
internal static class Events
{
    public static ParsedEvent Parse(string json, ulong sequence = 1, DateTimeOffset receivedAt = default)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        Assert.True(EventParser.TryParse(bytes, out EventIndex index, out EventError? error), error?.Reason);
        var parsed = new ParsedEvent();
        parsed.Set(bytes, index, sequence, (receivedAt == default ? DateTimeOffset.UnixEpoch : receivedAt).UtcTicks, null);
        return parsed;
    }

    /// <summary>A small event whose id is <c>e</c> and its number.</summary>
    public static ParsedEvent Numbered(int number, DateTimeOffset receivedAt = default) =>
        Parse($$"""{"event_id":"e{{number}}","event_type":"T"}""", (ulong)number, receivedAt);
}
