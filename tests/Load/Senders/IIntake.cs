namespace AuditHost.Load;

/// <summary>A way into the shipper.</summary>
internal interface IIntake : IAsyncDisposable
{
    /// <summary>How many senders may work at a time.</summary>
    int Connections { get; }

    /// <summary>Whether the end of a sending means that the events are durable.</summary>
    bool Acknowledges { get; }

    ValueTask SendAsync(int connection, EventBody body);
}
