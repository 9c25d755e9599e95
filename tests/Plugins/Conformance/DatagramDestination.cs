using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>A UDP receiver on a free port of the loopback address.</summary>
internal sealed class DatagramDestination : TestDestination
{
    // What arrives faster than it is read is lost where this is small.
    private const int ReceiveBufferBytes = 4 << 20;

    private readonly UdpClient _receiver = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentQueue<string> _arrived = new();
    private readonly Func<EndPoint, string> _settings;
    private readonly Task _receiving;

    public DatagramDestination(Func<EndPoint, string> settings)
    {
        _settings = settings;
        _receiver.Client.ReceiveBufferSize = ReceiveBufferBytes;
        _receiving = ReceiveAsync();
    }

    public override string Settings => _settings(_receiver.Client.LocalEndPoint!);

    public override IReadOnlyList<string> Arrived => [.. _arrived];

    public override async ValueTask DisposeAsync()
    {
        _receiver.Dispose();
        await _receiving;
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
                _arrived.Enqueue(Encoding.UTF8.GetString((await _receiver.ReceiveAsync()).Buffer));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
