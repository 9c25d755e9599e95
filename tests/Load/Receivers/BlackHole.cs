using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>Takes whatever is sent and never answers.</summary>
internal sealed class BlackHole(Ledger ledger) : SocketReceiver(ledger)
{
    public override Target Target => new(TargetKind.Webhook, Port);

    protected override async Task ServeAsync(Socket socket)
    {
        byte[] buffer = new byte[64 << 10];
        while (await socket.ReceiveAsync(buffer) > 0)
            ;
    }
}
