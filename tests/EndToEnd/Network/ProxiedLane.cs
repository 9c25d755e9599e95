namespace AuditHost.EndToEnd.Network;

/// <summary>One destination behind a proxy of its own.</summary>
internal sealed class ProxiedLane(string name, IDisposable receiver, int port, Arrivals arrivals) : IDisposable
{
    public string Name { get; } = name;

    public ChaosProxy Proxy { get; } = new(port) { IsOneWay = receiver is SyslogReceiver };

    public IDisposable Receiver { get; } = receiver;

    public Arrivals Arrivals { get; } = arrivals;

    public static ProxiedLane Of(string name, HttpReceiver receiver) => new(name, receiver, receiver.Port, receiver.Arrivals);

    public static ProxiedLane Of(string name, SyslogReceiver receiver) => new(name, receiver, receiver.Port, receiver.Arrivals);

    public void Dispose()
    {
        Proxy.Dispose();
        Receiver.Dispose();
    }
}
