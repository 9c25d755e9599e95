using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>Counts syslog messages that end with a line feed.</summary>
internal sealed class SyslogReceiver(Ledger ledger) : SocketReceiver(ledger)
{
    private readonly Ledger _ledger = ledger;

    public override Target Target => new(TargetKind.Syslog, Port);

    protected override async Task ServeAsync(Socket socket)
    {
        var lines = new LineBuffer(_ledger);
        for (int read; (read = await socket.ReceiveAsync(lines.Space)) > 0;)
            lines.Advance(read);
    }
}
