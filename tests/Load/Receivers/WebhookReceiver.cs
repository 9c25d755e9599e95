using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>The least of an HTTP server that takes batches: reads a request, counts its events, answers 200.</summary>
internal sealed class WebhookReceiver(Ledger ledger, int port = 0) : SocketReceiver(ledger, port)
{
    private const int LargestRequest = 4 << 20;

    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    /// <summary>What rsyslog's output for Elasticsearch takes for "every event of the batch is stored".</summary>
    private static readonly byte[] BulkAnswer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n{\"errors\":false,\"items\":[]}"u8.ToArray();

    private readonly Ledger _ledger = ledger;

    public override Target Target => new(TargetKind.Webhook, Port);

    protected override async Task ServeAsync(Socket socket)
    {
        byte[] buffer = new byte[LargestRequest];
        int filled = 0;
        for (int read; (read = await socket.ReceiveAsync(buffer.AsMemory(filled))) > 0;)
        {
            filled += read;
            while (HttpMessage.LengthOf(buffer.AsSpan(0, filled)) is { } length && length <= filled)
            {
                _ledger.Take(buffer.AsSpan(0, length));
                await socket.SendAsync(buffer.AsSpan(0, length).StartsWith("POST /_bulk"u8) ? BulkAnswer : Answer);
                buffer.AsSpan(length, filled - length).CopyTo(buffer);
                filled -= length;
            }
        }
    }
}
