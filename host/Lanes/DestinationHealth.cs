namespace AuditHost.Lanes;

/// <summary>How a destination does, in one word.</summary>
internal enum DestinationHealth
{
    /// <summary>The connector has not started yet.</summary>
    Starting,

    Healthy,

    /// <summary>The last round of attempts failed; another follows.</summary>
    Retrying,

    /// <summary>It asked for a slower pace.</summary>
    Throttled,

    /// <summary>It refuses the sender: credentials, topic or index are wrong. Tried slowly until mended.</summary>
    Misconfigured,

    /// <summary>The lane failed in a way nobody foresaw and stands still until the host is started again.</summary>
    Broken,
}
