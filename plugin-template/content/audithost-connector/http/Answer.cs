using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace Template._1;

/// <summary>Acme's answer to a batch: <c>{"id":"…","failed":[{"index":3,"status":422}]}</c>.</summary>
internal sealed class Answer
{
    public required string Id { get; set; }

    public required FailedEvent[] Failed { get; set; }

    /// <summary>What the answer means. One that makes no sense acknowledges nothing: the batch comes again.</summary>
    public static DeliveryResult Read(byte[] body, int events)
    {
        Answer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(body, AnswerContext.Default.Answer);
        }
        catch (JsonException)
        {
            answer = null;
        }

        if (answer is null || answer.Failed.Any(failed => failed.Index < 0 || failed.Index >= events))
            return DeliveryResult.Failed(FailureKind.Transient, "The answer is not Acme's answer to a batch");
        return DeliveryResult.Partial([.. answer.Failed.Select(failed => failed.ToFailure())]).WithAcknowledgement(answer.Id);
    }
}

internal sealed class FailedEvent
{
    public required int Index { get; set; }

    public required int Status { get; set; }

    public EventFailure ToFailure() =>
        new(Index, HttpOutcome.Classify((HttpStatusCode)Status) ?? FailureKind.Transient, $"Acme refuses it with status {Status}", Status);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerContext : JsonSerializerContext;
