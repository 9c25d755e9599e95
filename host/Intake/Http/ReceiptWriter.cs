using System.Text.Unicode;
using AuditHost.Journal;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>Answers that the events are durable.</summary>
internal static class ReceiptWriter
{
    private const int LongestReceipt = 160;

    public static async ValueTask WriteAsync(HttpResponse response, AppendReceipt receipt)
    {
        response.ContentType = "application/json";
        Memory<byte> space = response.BodyWriter.GetMemory(LongestReceipt);
        int written = Write(space.Span, receipt);
        response.ContentLength = written;
        response.BodyWriter.Advance(written);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }

    private static int Write(Span<byte> space, AppendReceipt receipt)
    {
        int accepted = receipt.Count + receipt.Duplicates;
        int written;
        if (receipt.Duplicates == 0)
            Utf8.TryWrite(space, $"{{\"accepted\":{accepted},\"first\":{receipt.First},\"last\":{receipt.Last}}}", out written);
        else if (receipt.Count == 0)
            Utf8.TryWrite(space, $"{{\"accepted\":{accepted},\"duplicates\":{receipt.Duplicates}}}", out written);
        else
            Utf8.TryWrite(space, $"{{\"accepted\":{accepted},\"duplicates\":{receipt.Duplicates},\"first\":{receipt.First},\"last\":{receipt.Last}}}", out written);
        return written;
    }
}
