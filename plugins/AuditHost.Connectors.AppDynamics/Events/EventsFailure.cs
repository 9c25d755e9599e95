using System.Net;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>What an answer of the Events Service means that is no success ("Analytics Events API", the response codes of each call).</summary>
internal static class EventsFailure
{
    /// <summary>The failure of a call about the schema, in which no event is at fault.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="what">What could not be done.</param>
    public static DeliveryResult OfSchema(EventsAnswer answer, string what)
    {
        FailureKind kind = answer.Kind is FailureKind.Rejected or FailureKind.TooLarge ? FailureKind.Misconfigured : answer.Kind;
        string remedy = answer.Status switch
        {
            HttpStatusCode.Forbidden => ". Give the API key the right to manage the schema, or make the schema by hand and set create_schema: false",
            HttpStatusCode.NotFound => ". Check endpoint: it seems to be no Events Service",
            _ => RemedyFor(answer.Status),
        };
        return answer.Failed(kind, $"{what}: {answer.Description}{remedy}");
    }

    /// <summary>The failure of publishing, where the status says it all.</summary>
    public static DeliveryResult OfPublishing(EventsAnswer answer) => answer.Failed(answer.Kind, answer.Description + RemedyFor(answer.Status));

    private static string RemedyFor(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => ". Check account_name, which is the global account name, and api_key",
        HttpStatusCode.Forbidden => ". Give the API key the right to publish custom events to this schema",
        HttpStatusCode.NotAcceptable or HttpStatusCode.UnsupportedMediaType => ". What answers does not speak version 2 of the Analytics Events API. Check endpoint, and that no proxy changes headers",
        HttpStatusCode.TooManyRequests => ". The licence of Transaction Analytics bounds the events of a day",
        _ => string.Empty,
    };
}
