using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Commands;

/// <summary>Keeps events in memory, for commands that only look at them.</summary>
internal sealed class CollectingSink : IEventSink
{
    private readonly List<ParsedEvent> _events = [];

    public IReadOnlyList<ParsedEvent> Events => _events;

    public ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        ulong first = (ulong)_events.Count + 1;
        long now = DateTimeOffset.UtcNow.UtcTicks;
        for (int i = 0; i < batch.Count; i++)
        {
            var parsed = new ParsedEvent();
            parsed.Set(batch[i].Json.ToArray(), batch[i].Index, (ulong)_events.Count + 1, now, batch[i].AssignedId);
            _events.Add(parsed);
        }

        return ValueTask.FromResult(new AppendReceipt(first, (ulong)_events.Count));
    }
}
