using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http.Otlp;

/// <summary>Answers of OTLP over HTTP, in the encoding that the request came in.</summary>
internal static class OtlpReply
{
    public const string Json = "application/json";
    public const string Protobuf = "application/x-protobuf";

    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;
    private const int Unavailable = 14;
    private const int Unauthenticated = 16;

    /// <summary>An <c>ExportLogsServiceResponse</c>: empty, or with how many records were not taken and why.</summary>
    public static Task TakenAsync(HttpResponse response, bool isJson, int rejected, string reason)
    {
        using var body = new BodyBuffer();
        if (isJson)
        {
            using var json = new Utf8JsonWriter(body);
            json.WriteStartObject();
            if (rejected > 0)
            {
                json.WriteStartObject("partialSuccess"u8);
                json.WriteString("rejectedLogRecords"u8, $"{rejected}");
                json.WriteString("errorMessage"u8, reason);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
        else if (rejected > 0)
        {
            using var partial = new BodyBuffer();
            WriteNumber(partial, 1, (ulong)rejected);
            WriteBytes(partial, 2, Encoding.UTF8.GetBytes(reason));
            WriteBytes(body, 1, partial.Written.Span);
        }

        return WriteAsync(response, isJson, StatusCodes.Status200OK, body.Written.ToArray());
    }

    /// <summary>A <c>google.rpc.Status</c>.</summary>
    public static Task RefusedAsync(HttpResponse response, bool isJson, int status, string reason)
    {
        int code = status switch
        {
            StatusCodes.Status401Unauthorized => Unauthenticated,
            StatusCodes.Status429TooManyRequests => ResourceExhausted,
            StatusCodes.Status503ServiceUnavailable => Unavailable,
            _ => InvalidArgument,
        };
        using var body = new BodyBuffer();
        if (isJson)
        {
            using var json = new Utf8JsonWriter(body);
            json.WriteStartObject();
            json.WriteNumber("code"u8, code);
            json.WriteString("message"u8, reason);
            json.WriteEndObject();
        }
        else
        {
            WriteNumber(body, 1, (ulong)code);
            WriteBytes(body, 2, Encoding.UTF8.GetBytes(reason));
        }

        return WriteAsync(response, isJson, status, body.Written.ToArray());
    }

    private static async Task WriteAsync(HttpResponse response, bool isJson, int status, byte[] body)
    {
        response.StatusCode = status;
        response.ContentType = isJson ? Json : Protobuf;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, response.HttpContext.RequestAborted);
    }

    private static void WriteNumber(BodyBuffer output, int field, ulong number)
    {
        WriteVarint(output, (ulong)field << 3);
        WriteVarint(output, number);
    }

    private static void WriteBytes(BodyBuffer output, int field, ReadOnlySpan<byte> bytes)
    {
        WriteVarint(output, ((ulong)field << 3) | 2);
        WriteVarint(output, (ulong)bytes.Length);
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    private static void WriteVarint(BodyBuffer output, ulong number)
    {
        do
        {
            output.GetSpan(1)[0] = (byte)(number < 0x80 ? number : number | 0x80);
            output.Advance(1);
            number >>= 7;
        }
        while (number > 0);
    }
}
