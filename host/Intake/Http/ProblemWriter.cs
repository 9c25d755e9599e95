using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>Answers with a problem.</summary>
internal static class ProblemWriter
{
    private const string TypePrefix = "urn:audithost:problem:";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpResponse response, Problem problem)
    {
        using var body = new BodyBuffer();
        using (var json = new Utf8JsonWriter(body, Options))
            Write(json, problem);
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        if (problem.Header is var (name, value))
            response.Headers[name] = value;
        await response.BodyWriter.WriteAsync(body.Written, response.HttpContext.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, TypePrefix + problem.Type);
        json.WriteString("title"u8, problem.Title);
        json.WriteNumber("status"u8, problem.Status);
        json.WriteString("detail"u8, problem.Detail);
        if (problem.Limit > 0)
            json.WriteNumber("limit"u8, problem.Limit);
        if (problem.LimitKey is { } key)
            json.WriteString("limit_key"u8, key);
        if (problem.Supported.Count > 0)
            WriteSupported(json, problem.Supported);
        if (problem.ErrorCount > 0)
            WriteErrors(json, problem);
        json.WriteEndObject();
    }

    private static void WriteSupported(Utf8JsonWriter json, IReadOnlyList<string> supported)
    {
        json.WriteStartArray("supported"u8);
        foreach (string name in supported)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void WriteErrors(Utf8JsonWriter json, Problem problem)
    {
        json.WriteNumber("error_count"u8, problem.ErrorCount);
        json.WriteStartArray("errors"u8);
        foreach (EventProblem error in problem.Errors)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, error.Index);
            json.WriteNumber("line"u8, error.Line);
            json.WriteString("path"u8, error.Path);
            json.WriteString("reason"u8, error.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
