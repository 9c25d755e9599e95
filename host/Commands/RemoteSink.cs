using System.Text.Json;
using AuditHost.Dashboard;
using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Commands;

/// <summary>Hands events to the running host, a request per batch.</summary>
internal sealed class RemoteSink(AdminClient host) : IEventSink
{
    public long Accepted { get; private set; }

    /// <summary>Those of the accepted that the host had already.</summary>
    public long Duplicates { get; private set; }

    public async ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        for (int i = 0; i < batch.Count; i++)
        {
            body.WriteByte(i == 0 ? (byte)'[' : (byte)',');
            body.Write(batch[i].Json.Span);
        }

        body.WriteByte((byte)']');
        body.Position = 0;
        using HttpResponseMessage response = await host.SendEventsAsync(body, "application/json", cancellationToken);
        string answer = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.Headers.RetryAfter?.Delta is { } retryAfter)
            throw new JournalFullException(answer, retryAfter);
        if (!response.IsSuccessStatusCode)
            throw new InvalidDataException($"The host answered {(int)response.StatusCode}: {answer}");
        using JsonDocument document = JsonDocument.Parse(answer);
        AppendReceipt receipt = ReceiptOf(document.RootElement);
        Accepted += receipt.Count + receipt.Duplicates;
        Duplicates += receipt.Duplicates;
        return receipt;
    }

    private static AppendReceipt ReceiptOf(JsonElement answer)
    {
        int duplicates = answer.TryGetProperty("duplicates", out JsonElement known) ? known.GetInt32() : 0;
        return answer.TryGetProperty("first", out JsonElement first)
            ? new AppendReceipt(first.GetUInt64(), answer.GetProperty("last").GetUInt64()) { Duplicates = duplicates }
            : new AppendReceipt { Duplicates = duplicates };
    }
}
