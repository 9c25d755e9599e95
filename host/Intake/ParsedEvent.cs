using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>An event with its index. Reused by the block that owns its bytes, so that no event costs an allocation.</summary>
internal sealed class ParsedEvent : AuditEvent
{
    private const int GuidTextLength = 36;

    private readonly byte[] _assignedId = new byte[GuidTextLength];
    private ReadOnlyMemory<byte> _json;
    private EventIndex _index;
    private ulong _sequence;
    private long _receivedAtTicks;
    private Guid? _assigned;

    public override ReadOnlyMemory<byte> Json => _json;

    public override ulong Sequence => _sequence;

    public override DateTimeOffset ReceivedAt => new(_receivedAtTicks, TimeSpan.Zero);

    /// <summary>The id the host gave the event, where it came without one.</summary>
    public Guid? AssignedId => _assigned;

    public override EventValue Id => _assigned is not null ? new EventValue(EventValueKind.String, _assignedId) : Read(EventField.Id);

    public override EventValue Type => Read(EventField.Type);

    public override EventValue Timestamp => Read(EventField.Timestamp);

    public override DateTimeOffset Time => new(_index.TimeTicks != 0 ? _index.TimeTicks : _receivedAtTicks, TimeSpan.Zero);

    public override Severity Severity => _index.Severity;

    public override EventValue Source => Read(EventField.Source);

    public override EventValue User => Read(EventField.User);

    public override EventValue Host => Read(EventField.Host);

    public override EventValue Operation => Read(EventField.Operation);

    public override EventValue Classification => Read(EventField.Classification);

    public override EventValue ComplianceProfiles => Read(EventField.ComplianceProfiles);

    /// <summary>Takes over an event.</summary>
    /// <param name="json">Its bytes; they stay the caller's.</param>
    /// <param name="index">What the one pass over them found.</param>
    /// <param name="sequence">Its place in the journal.</param>
    /// <param name="receivedAtTicks">UTC ticks of its acceptance.</param>
    /// <param name="assignedId">The id the host gave it, where it came without one.</param>
    public void Set(ReadOnlyMemory<byte> json, in EventIndex index, ulong sequence, long receivedAtTicks, Guid? assignedId)
    {
        _json = json;
        _index = index;
        _sequence = sequence;
        _receivedAtTicks = receivedAtTicks;
        _assigned = assignedId;
        assignedId?.TryFormat(_assignedId, out _);
    }

    /// <summary>The same event on memory of its own, which outlives the block.</summary>
    public ParsedEvent Copy()
    {
        var copy = new ParsedEvent();
        copy.Set(_json.ToArray(), _index, _sequence, _receivedAtTicks, _assigned);
        return copy;
    }

    public override EventValue Find(string path)
    {
        foreach ((string place, EventField field) in Places)
        {
            if (!path.StartsWith(place, StringComparison.Ordinal))
                continue;
            if (path.Length == place.Length)
                return Read(field);
            if (path[place.Length] != '.')
                continue;
            FieldRange range = _index[field];
            return range.Kind is EventValueKind.Object or EventValueKind.Array
                ? JsonPath.Find(_json.Span.Slice(range.Start, range.Length), path.AsSpan(place.Length + 1))
                : default;
        }

        return JsonPath.Find(_json.Span, path);
    }

    /// <summary>Where the one pass already was; the longer path first.</summary>
    private static readonly (string Path, EventField Field)[] Places =
    [
        ("payload.data", EventField.PayloadData),
        ("payload", EventField.Payload),
        ("context", EventField.Context),
        ("integrity_hash", EventField.IntegrityHash),
        ("previous_hash", EventField.PreviousHash),
    ];

    private EventValue Read(EventField field) => _index[field].Read(_json.Span);
}
