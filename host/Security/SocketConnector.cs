using System.Net;
using System.Net.Sockets;

namespace AuditHost.Security;

/// <summary>Resolves a name, applies the address rules to what it found and connects to exactly that.</summary>
internal sealed class SocketConnector(
    AddressRules rules,
    TimeSpan connectTimeout,
    TimeProvider time,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <exception cref="IOException">The message has host, port and cause.</exception>
    public async ValueTask<Socket> ConnectAsync(string host, int port, ProtocolType protocol, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await ResolveAsync(host, port, cancellationToken);

        // A share each, so that one address that swallows packets does not use up the time of the next.
        TimeSpan share = connectTimeout / addresses.Length;
        for (int i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[i], port), protocol, share, cancellationToken);
            }
            catch (Exception exception) when (exception is SocketException or TimeoutException)
            {
                if (i == addresses.Length - 1)
                    throw new IOException($"{host}:{port} ({addresses[i]}) cannot be reached: {exception.Message}", exception);
            }
        }
    }

    private async ValueTask<IPAddress[]> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        IPAddress[] found;
        try
        {
            found = await _resolve(host, cancellationToken).WaitAsync(connectTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            throw new IOException($"{host}:{port} cannot be reached: the name does not resolve ({exception.Message})", exception);
        }

        if (found.Length == 0)
            throw new IOException($"{host}:{port} cannot be reached: the name has no address");
        IPAddress[] allowed = Array.FindAll(found, rules.Allows);
        if (allowed.Length == 0)
        {
            throw new IOException(
                $"{host}:{port} leads to {found[0]}, a link-local or metadata address, which destinations may not use. "
                + "If it is meant, write the address itself in the destination's endpoint");
        }

        return allowed;
    }

    private async ValueTask<Socket> ConnectAsync(IPEndPoint endpoint, ProtocolType protocol, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        try
        {
            if (protocol == ProtocolType.Tcp)
            {
                socket.NoDelay = true;
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            }

            using var deadline = new CancellationTokenSource(timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                await socket.ConnectAsync(endpoint, either.Token);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"no answer within {timeout.TotalSeconds:0.###} s", exception);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
