using System.Text;
using AuditHost.Intake;

namespace AuditHost.Sdk.Testing;

/// <summary>Events for tests, parsed by the host's own parser.</summary>
public static class TestEvent
{
    /// <summary>Parses an event as the host would.</summary>
    /// <param name="json">The event, a JSON object.</param>
    /// <param name="sequence">Its position in the journal.</param>
    /// <param name="receivedAt">When it was accepted; the Unix epoch where left out.</param>
    /// <exception cref="FormatException">The host would refuse it.</exception>
    public static AuditEvent Parse(string json, ulong sequence = 1, DateTimeOffset receivedAt = default)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        if (!EventParser.TryParse(bytes, out EventIndex index, out EventError? error))
            throw new FormatException($"{error!.Path} at byte {error.Offset}: {error.Reason}");
        long received = receivedAt == default ? DateTime.UnixEpoch.Ticks : receivedAt.UtcTicks;
        var parsed = new ParsedEvent();
        Guid? assigned = index[EventField.Id].Kind == EventValueKind.Missing ? new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]) : null;
        parsed.Set(bytes, index, sequence, received, assigned);
        return parsed;
    }
}
