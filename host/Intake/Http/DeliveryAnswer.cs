using System.Text.Json;
using AuditHost.Journal;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>
/// Answers a sender who waited for destinations. The status is 200 whatever became of it: the events are accepted, and an error would
/// make the sender send them again.
/// </summary>
internal static class DeliveryAnswer
{
    public static async ValueTask WriteAsync(HttpResponse response, AppendReceipt receipt, IReadOnlyList<DeliveryOutcome> outcomes, DateTimeOffset now)
    {
        using var body = new BodyBuffer();
        using (var json = new Utf8JsonWriter(body))
            Write(json, receipt, outcomes, now);
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body.Written, response.HttpContext.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, AppendReceipt receipt, IReadOnlyList<DeliveryOutcome> outcomes, DateTimeOffset now)
    {
        int successful = outcomes.Count(outcome => outcome.IsSuccess);
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, receipt.Count + receipt.Duplicates);
        if (receipt.Duplicates > 0)
            json.WriteNumber("duplicates"u8, receipt.Duplicates);
        if (receipt.Count > 0)
        {
            json.WriteNumber("first"u8, receipt.First);
            json.WriteNumber("last"u8, receipt.Last);
        }

        json.WriteBoolean("overall_success"u8, successful == outcomes.Count);
        json.WriteNumber("total"u8, outcomes.Count);
        json.WriteNumber("successful"u8, successful);
        json.WriteNumber("failed"u8, outcomes.Count - successful);
        json.WriteString("timestamp"u8, now);
        json.WriteStartArray("destinations"u8);
        foreach (DeliveryOutcome outcome in outcomes)
            Write(json, outcome);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DeliveryOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, outcome.Destination);
        json.WriteBoolean("success"u8, outcome.IsSuccess);
        json.WriteNumber("delivered"u8, outcome.Delivered);
        json.WriteNumber("filtered"u8, outcome.Filtered);
        json.WriteNumber("dead_lettered"u8, outcome.DeadLettered);
        if (outcome.Dropped > 0)
            json.WriteNumber("dropped"u8, outcome.Dropped);
        json.WriteNumber("pending"u8, outcome.Pending);
        json.WriteNumber("delivery_time_ms"u8, Math.Round(outcome.Duration.TotalMilliseconds, 3));
        json.WriteString("message_id"u8, outcome.MessageId);
        json.WriteString("error"u8, outcome.Error);
        json.WriteEndObject();
    }
}
