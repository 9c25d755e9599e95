namespace AuditHost.Fakes.NewRelic;

/// <summary>A span as New Relic stores it.</summary>
public sealed record StoredSpan
{
    /// <summary>32 hexadecimal digits.</summary>
    public string TraceId { get; set; } = string.Empty;

    /// <summary>16 hexadecimal digits.</summary>
    public string Id { get; set; } = string.Empty;

    public string Name { get; set; } = string.Empty;

    public int Kind { get; set; }

    /// <summary>Nanoseconds since 1970.</summary>
    public ulong Start { get; set; }

    /// <summary>Nanoseconds since 1970.</summary>
    public ulong End { get; set; }

    /// <summary>0 for not said, 1 for good, 2 for an error.</summary>
    public int Status { get; set; }

    /// <summary>Its attributes and its resource's.</summary>
    public Dictionary<string, string> Attributes { get; } = [];
}
