namespace AuditHost.Intake.Http;

/// <summary>Hands each event of a body to the collector.</summary>
internal static class EventSplitter
{
    public static void Split(BodyFormat format, ReadOnlyMemory<byte> body, EventCollector events)
    {
        events.Begin(body);
        switch (format)
        {
            case BodyFormat.Lines:
                LineSplitter.Split(body.Span, events);
                break;
            case BodyFormat.Json when IsArray(body.Span):
            case BodyFormat.CloudEventBatch:
                ArraySplitter.Split(body.Span, events);
                break;
            default:
                events.Add(0, body.Length);
                break;
        }
    }

    private static bool IsArray(ReadOnlySpan<byte> body) => body.TrimStart(JsonSpace.Bytes) is [(byte)'[', ..];
}
