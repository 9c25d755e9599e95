using System.Text.Unicode;
using AuditHost.Journal;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>Answers that the events are durable.</summary>
internal static class ReceiptWriter
{
    private const int LongestReceipt = 128;

    public static async ValueTask WriteAsync(HttpResponse response, int count, AppendReceipt receipt)
    {
        response.ContentType = "application/json";
        Memory<byte> space = response.BodyWriter.GetMemory(LongestReceipt);
        Utf8.TryWrite(space.Span, $"{{\"accepted\":{count},\"first\":{receipt.First},\"last\":{receipt.Last}}}", out int written);
        response.ContentLength = written;
        response.BodyWriter.Advance(written);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted).ConfigureAwait(false);
    }
}
