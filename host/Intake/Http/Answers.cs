using System.Globalization;
using System.Text.Json;
using AuditHost.Journal;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>Writes what a sender is told: a receipt, or a problem in the form of RFC 9457.</summary>
internal static class Answers
{
    public static Task WriteReceiptAsync(HttpResponse response, AppendReceipt receipt)
    {
        response.ContentType = "application/json";
        return response.WriteAsync(string.Create(
            CultureInfo.InvariantCulture, $$"""{"accepted":{{receipt.Count}},"first":{{receipt.First}},"last":{{receipt.Last}}}"""));
    }

    public static async Task WriteProblemAsync(HttpResponse response, IntakeException problem)
    {
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (problem.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        using var body = new PooledBuffer(512);
        Write(problem, body);
        await response.Body.WriteAsync(body.Written).ConfigureAwait(false);
    }

    private static void Write(IntakeException problem, PooledBuffer body)
    {
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        writer.WriteString("type", "about:blank");
        writer.WriteString("title", problem.Title);
        writer.WriteNumber("status", problem.Status);
        writer.WriteString("detail", problem.Message);
        if (problem.Errors.Count > 0)
        {
            writer.WriteNumber("error_count", problem.ErrorCount);
            writer.WriteStartArray("errors");
            foreach (BadEvent error in problem.Errors)
            {
                writer.WriteStartObject();
                writer.WriteNumber("index", error.Index);
                writer.WriteNumber("line", error.Line);
                writer.WriteString("path", error.Path);
                writer.WriteString("reason", error.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
