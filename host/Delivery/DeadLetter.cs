namespace AuditHost.Delivery;

/// <summary>An event that a destination will not get, with everything needed to see why and to send it after all.</summary>
internal sealed record DeadLetter
{
    /// <summary>Its number among the dead letters; given by the store.</summary>
    public ulong Id { get; init; }

    public required string Destination { get; init; }

    /// <summary>The event's place in the journal; with the destination it names the dead letter for ever.</summary>
    public required ulong Sequence { get; init; }

    public required string EventId { get; init; }

    public required string EventType { get; init; }

    /// <summary>The id the host gave an event that came without one.</summary>
    public Guid? AssignedId { get; init; }

    public required DeathCause Cause { get; init; }

    /// <summary>In one line, secrets removed.</summary>
    public required string Reason { get; init; }

    public int? Status { get; init; }

    /// <summary>The beginning of the destination's answer, secrets removed.</summary>
    public string? Response { get; init; }

    /// <summary>Calls of the connector for the batch that the event died in.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset FirstAttemptAt { get; init; }

    public required DateTimeOffset DiedAt { get; init; }

    /// <summary>The plugin that sent it, with its version.</summary>
    public required string Plugin { get; init; }

    /// <summary>The site file's revision at the time; with a template, a plus sign and the revision of the template's file that the batch was rendered with.</summary>
    public required string Revision { get; init; }

    /// <summary>The event as received.</summary>
    public required ReadOnlyMemory<byte> Original { get; init; }

    /// <summary>The event as it was sent; empty where it could not be rendered or only a whole body was.</summary>
    public required ReadOnlyMemory<byte> Sent { get; init; }
}
