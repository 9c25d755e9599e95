namespace AuditHost.Fakes.Logstash;

/// <summary>How the beats input treats a window.</summary>
public enum BeatsManner
{
    /// <summary>Takes all of it and acknowledges its last event.</summary>
    Acknowledges,

    /// <summary>Acknowledges each event for itself, then the next.</summary>
    EachForItself,

    /// <summary>Says some times that it is alive before it acknowledges.</summary>
    KeepsAliveFirst,

    /// <summary>Says that it is alive, and no more.</summary>
    KeepsAlive,

    /// <summary>Says nothing.</summary>
    Silent,

    /// <summary>Acknowledges the first half and closes.</summary>
    HalfThenCloses,

    /// <summary>Acknowledges the first half and says no more.</summary>
    HalfThenSilent,

    /// <summary>Acknowledges the first half, then more events than there are.</summary>
    HalfThenTooMany,

    /// <summary>Acknowledges the first half, then fewer.</summary>
    HalfThenFewer,

    /// <summary>Closes without a word.</summary>
    Closes,

    /// <summary>Acknowledges more events than there are.</summary>
    TooMany,

    /// <summary>Acknowledges as version 1 does.</summary>
    OtherVersion,

    /// <summary>Answers with a frame of another kind.</summary>
    OtherFrame,

    /// <summary>Sends half an acknowledgement and closes.</summary>
    BreaksOff,

    /// <summary>Acknowledges byte by byte.</summary>
    Stutters,

    /// <summary>Acknowledges twice, in one piece.</summary>
    Repeats,
}
