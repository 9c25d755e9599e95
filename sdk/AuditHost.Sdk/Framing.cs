namespace AuditHost.Sdk;

/// <summary>How formatted events are joined into one body.</summary>
public enum Framing
{
    /// <summary>One after the other with nothing between them.</summary>
    None,

    /// <summary>A line feed after each event.</summary>
    Newline,

    /// <summary>A JSON array: brackets around, commas between.</summary>
    JsonArray,

    /// <summary>RFC 6587 octet counting: the length in bytes, a space, the event.</summary>
    OctetCount,

    /// <summary>A NUL byte after each event.</summary>
    Nul,
}
