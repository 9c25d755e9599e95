using System.Text.Json;
using AuditHost.Dashboard;
using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Commands;

/// <summary>Hands events to the running host, a request per batch.</summary>
internal sealed class RemoteSink(AdminClient host) : IEventSink
{
    public long Accepted { get; private set; }

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
        using HttpResponseMessage response = await host.SendEventsAsync(body, "application/json", cancellationToken).ConfigureAwait(false);
        string answer = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (response.Headers.RetryAfter?.Delta is { } retryAfter)
            throw new JournalFullException(answer, retryAfter);
        if (!response.IsSuccessStatusCode)
            throw new InvalidDataException($"The host answered {(int)response.StatusCode}: {answer}");
        using JsonDocument receipt = JsonDocument.Parse(answer);
        Accepted += batch.Count;
        return new AppendReceipt(receipt.RootElement.GetProperty("first").GetUInt64(), receipt.RootElement.GetProperty("last").GetUInt64());
    }
}
