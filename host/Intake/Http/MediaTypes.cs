using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuditHost.Intake.Http;

/// <summary>Reads what a request says its body is.</summary>
internal static class MediaTypes
{
    public static MediaType Of(HttpRequest request)
    {
        if (request.Headers.ContainsKey("ce-specversion"))
            return MediaType.BinaryCloudEvent;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? header))
            throw IntakeException.Unsupported($"A Content-Type is needed. {Supported}");
        if (header.Charset.Value is { Length: > 0 } charset && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw IntakeException.Unsupported($"Charset '{charset}' is not taken: events are UTF-8.");
        return header.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" or "application/cloudevents+json" or "application/cloudevents-batch+json" => MediaType.Document,
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" => MediaType.Lines,
            var other => throw IntakeException.Unsupported($"Content-Type '{other}' is not taken. {Supported}"),
        };
    }

    private const string Supported =
        "These are: application/json (an event or an array of them), application/x-ndjson (an event per line), "
        + "application/cloudevents+json, application/cloudevents-batch+json, and CloudEvents in binary mode.";
}
