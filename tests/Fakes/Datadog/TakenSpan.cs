namespace AuditHost.Fakes.Datadog;

/// <summary>A span as it was taken.</summary>
public sealed record TakenSpan
{
    public IReadOnlyDictionary<string, string> Resource { get; set; } = new Dictionary<string, string>();

    public Dictionary<string, string> Attributes { get; } = [];

    /// <summary>In hex.</summary>
    public string TraceId { get; set; } = string.Empty;

    /// <summary>In hex.</summary>
    public string SpanId { get; set; } = string.Empty;

    public string Name { get; set; } = string.Empty;

    public int Kind { get; set; }

    /// <summary>In nanoseconds since 1970.</summary>
    public ulong Start { get; set; }

    /// <summary>In nanoseconds since 1970.</summary>
    public ulong End { get; set; }

    /// <summary>0 unset, 1 ok, 2 error.</summary>
    public int Status { get; set; }
}
