namespace AuditHost.Fakes.NewRelic;

/// <summary>Answers of New Relic's APIs.</summary>
public static class NewRelicReply
{
    /// <summary>The success of the Log and the Metric API.</summary>
    public static FakeAnswer Taken(string requestId) => new(202, $$"""{"requestId":"{{requestId}}"}""", "application/json; charset=UTF-8");

    /// <summary>The success of the Event API.</summary>
    public static FakeAnswer TakenEvents(string uuid) => new(200, $$"""{"success":true,"uuid":"{{uuid}}"}""");

    /// <summary>The success of OTLP, which has no body.</summary>
    public static FakeAnswer TakenSpans() => new(200);

    /// <summary>A failure, as the APIs word it; that of OTLP has no words at all.</summary>
    public static FakeAnswer Failure(int status, string error = "") =>
        new(status, error.Length == 0 ? "{}" : $$"""{"error":"{{error}}"}""");

    /// <summary>Too many requests, data points or bytes in a minute.</summary>
    public static FakeAnswer RateLimited(int seconds) => Failure(429, "rate limit exceeded").With("Retry-After", $"{seconds}");
}
