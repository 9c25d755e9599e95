namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// What New Relic takes. It says so only afterwards, if at all, and drops the rest ("Introduction to the Log API", "Send custom events with our
/// Event API", "Data requirements and limits for custom event data", "Metric API limits and restricted attributes", "New Relic OTLP endpoint").
/// </summary>
internal static class NewRelicLimits
{
    /// <summary>The most bytes of a request, as they go over the wire; the same for every API.</summary>
    public const int Body = 1_000_000;

    /// <summary>The most attributes of a custom event, its type and time among them. Logs may have one more.</summary>
    public const int Attributes = 254;

    /// <summary>How many of them are names and values of ours: three places are kept for the type, the time and the count of what was cut.</summary>
    public const int OwnAttributes = Attributes - 3;

    /// <summary>The longest name of an attribute, in characters.</summary>
    public const int AttributeName = 255;

    /// <summary>The longest value of a custom event's attribute, in characters.</summary>
    public const int EventValue = 4096;

    /// <summary>How much of a log's attribute can be searched, in characters. What follows of the message is kept beside it.</summary>
    public const int LogValue = 4094;

    /// <summary>How much of a message is kept behind what can be searched, in bytes ("Find data in long logs (blobs)").</summary>
    public const int LogBlob = 128_000;

    /// <summary>The longest value of a span's attribute, in characters.</summary>
    public const int SpanValue = 4095;

    /// <summary>The longest name of an event type.</summary>
    public const int EventType = 255;

    /// <summary>The answers of all APIs are short.</summary>
    public const int Answer = 64 << 10;
}
