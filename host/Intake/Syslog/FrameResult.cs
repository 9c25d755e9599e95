namespace AuditHost.Intake.Syslog;

/// <summary>What was found at the beginning of the bytes that have come.</summary>
internal enum FrameResult
{
    /// <summary>A part of a message, or nothing.</summary>
    Incomplete,

    /// <summary>A whole message.</summary>
    Message,

    /// <summary>Nothing between two messages.</summary>
    Empty,

    /// <summary>A message that is longer than one may be. What follows is its rest.</summary>
    TooLong,

    /// <summary>A number of octets that is none, so that nobody knows where the next message begins.</summary>
    Broken,
}
