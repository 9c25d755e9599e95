namespace AuditHost.Connectors.Datadog.Spans;

/// <summary>The numbers of the fields that are written or read (github.com/open-telemetry/opentelemetry-proto, v1).</summary>
internal static class TraceField
{
    public const int RequestResourceSpans = 1;

    public const int ResourceSpansResource = 1;
    public const int ResourceSpansScopeSpans = 2;

    public const int ResourceAttributes = 1;

    public const int ScopeSpansScope = 1;
    public const int ScopeSpansSpans = 2;

    public const int ScopeName = 1;

    public const int SpanTraceId = 1;
    public const int SpanSpanId = 2;
    public const int SpanName = 5;
    public const int SpanKind = 6;
    public const int SpanStart = 7;
    public const int SpanEnd = 8;
    public const int SpanAttributes = 9;
    public const int SpanStatus = 15;

    public const int StatusCode = 3;

    public const int KeyValueKey = 1;
    public const int KeyValueValue = 2;
    public const int AnyString = 1;

    public const int ResponsePartialSuccess = 1;
    public const int PartialRejected = 1;
    public const int PartialMessage = 2;
}
