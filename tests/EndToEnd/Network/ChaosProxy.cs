using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AuditHost.EndToEnd.Network;

/// <summary>Stands before a receiver and does to connections what networks do. Counts the faults that really happened.</summary>
internal sealed class ChaosProxy : IDisposable
{
    private readonly ConcurrentDictionary<ChaosConnection, bool> _connections = new();
    private readonly int _target;
    private TcpListener? _listener;
    private Fault? _armed;
    private int _accepted;

    /// <param name="target">The port of the receiver on this machine.</param>
    public ChaosProxy(int target)
    {
        _target = target;
        Port = SiteFolder.FreePort();
        Open();
    }

    public int Port { get; }

    /// <summary>Connections so far.</summary>
    public int Accepted => _accepted;

    /// <summary>How often each fault happened.</summary>
    public ConcurrentDictionary<FaultKind, int> Fired { get; } = new();

    /// <summary>Whether the receiver answers nothing, ever.</summary>
    public bool IsOneWay { get; init; }

    /// <summary>Happens to every connection that no armed fault meets.</summary>
    public FaultKind? Standing { get; set; }

    /// <summary>The fault that happens next, once.</summary>
    public Fault Arm(FaultKind kind, int after = 0, bool fromStart = false)
    {
        var fault = new Fault(kind, after, fromStart);
        Volatile.Write(ref _armed, fault);
        return fault;
    }

    /// <summary>Takes connections, again after <see cref="Close"/>.</summary>
    public void Open()
    {
        if (_listener is not null)
            return;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    /// <summary>Refuses connections from now on; those that stand stay.</summary>
    public void Close()
    {
        _listener?.Dispose();
        _listener = null;
    }

    /// <summary>Closes every connection that stands.</summary>
    public void CutAll()
    {
        foreach (ChaosConnection connection in _connections.Keys)
            connection.Dispose();
    }

    public void Dispose()
    {
        Close();
        CutAll();
    }

    /// <summary>The fault that a connection meets now.</summary>
    public Fault? Claim(bool atStart)
    {
        Fault? armed = Volatile.Read(ref _armed);
        if (armed is not null && armed.FromStart == atStart)
            return Interlocked.CompareExchange(ref _armed, null, armed) == armed ? armed : null;
        return Standing is { } standing ? new Fault(standing) { IsStanding = true } : null;
    }

    /// <summary>A connection ended before its fault could happen: the next one meets it.</summary>
    public void Rearm(Fault fault)
    {
        if (!fault.HasHappened && !fault.IsStanding)
            Interlocked.CompareExchange(ref _armed, fault, null);
    }

    /// <summary>Refuses connections for as long as somebody wants.</summary>
    public async Task RefuseUntilAsync(Func<Task> seen)
    {
        Close();
        CutAll();
        await seen();
        Open();
        Count(new Fault(FaultKind.Refused));
    }

    public void Count(Fault fault)
    {
        if (!fault.Happens())
            return;
        Fired.AddOrUpdate(fault.Kind, 1, static (_, count) => count + 1);
        fault.Announce();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptSocketAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Interlocked.Increment(ref _accepted);
        using var connection = new ChaosConnection(this, client);
        _connections.TryAdd(connection, true);
        await connection.RunAsync(_target);
        _connections.TryRemove(connection, out _);
    }
}
