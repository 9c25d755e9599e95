namespace AuditHost.Fakes.Fluentd;

/// <summary>How the input acknowledges a chunk.</summary>
public enum AckManner
{
    /// <summary>As the protocol has it.</summary>
    Acknowledges,

    /// <summary>Not at all, and keeps the connection.</summary>
    Keeps,

    /// <summary>Not at all, and closes the connection.</summary>
    Closes,

    /// <summary>By the id of another chunk.</summary>
    Confuses,

    /// <summary>With bytes that are no MessagePack.</summary>
    Babbles,

    /// <summary>With a map that has no <c>ack</c>.</summary>
    Evades,

    /// <summary>With an array without end, so to say.</summary>
    Floods,

    /// <summary>With the first half, and closes the connection.</summary>
    BreaksOff,

    /// <summary>Twice, in one piece.</summary>
    Repeats,

    /// <summary>Byte by byte.</summary>
    Stutters,

    /// <summary>Together with the next one, in one piece.</summary>
    Waits,
}
