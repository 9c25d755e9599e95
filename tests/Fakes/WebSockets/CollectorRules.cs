namespace AuditHost.Fakes.WebSockets;

/// <summary>What a collector wants and how it answers.</summary>
public sealed class CollectorRules
{
    /// <summary>The value of <c>Authorization</c> that it wants; <see langword="null"/> for none.</summary>
    public string? Authorization { get; init; }

    /// <summary>The subprotocol that it speaks; <see langword="null"/> for none.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>Answers the upgrade with this instead of taking it.</summary>
    public string? Refusal { get; set; }

    /// <summary>The longest message that it takes, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 100 << 20;

    /// <summary>Whether it takes binary messages; else it closes with 1003.</summary>
    public bool TakesBinary { get; init; } = true;

    /// <summary>Whether pings are answered.</summary>
    public bool AnswersPings { get; init; } = true;

    /// <summary>Whether a message with a batch is acknowledged by its own id, or else by the ids of its events.</summary>
    public bool AcknowledgesBatches { get; init; }

    /// <summary>Where an event without an envelope has its id.</summary>
    public string IdMember { get; init; } = "event_id";
}
