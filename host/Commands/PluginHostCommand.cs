using System.CommandLine;
using System.Net.Sockets;
using AuditHost.Isolation;
using AuditHost.Isolation.Child;
using AuditHost.Isolation.Messages;

namespace AuditHost.Commands;

/// <summary><c>plugin-host</c>: what a host starts for a destination with <c>isolation: process</c>. Of no use to anybody else, and hidden.</summary>
internal static class PluginHostCommand
{
    private const int MaxOrderBytes = 128 << 20;

    public static Command Create()
    {
        var socket = new Argument<string>("socket") { Description = "Where the host listens." };
        var command = new Command(ProcessLaunch.CommandName, "Run one destination's plugin for a host.") { socket };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            OwnLimits.Apply();
            string path = parsed.GetRequiredValue(socket);
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(path));
            }
            catch (SocketException)
            {
                // The host was killed before this process had come so far.
                connection.Dispose();
                ProcessFolder.RemoveOf(path);
                return ExitCode.Failed;
            }

            await using var channel = new MessageChannel(new NetworkStream(connection, ownsSocket: true), MaxOrderBytes);
            await using var host = new IsolatedHost(channel, () => ProcessFolder.RemoveOf(path), TimeProvider.System);
            await host.RunAsync();
            return ExitCode.Done;
        });
        return command;
    }
}
