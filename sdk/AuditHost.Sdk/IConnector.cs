namespace AuditHost.Sdk;

/// <summary>
/// Sends batches to one destination. The host owns retry, back-off, breaker, rate limit, timeout, batching, buffering and dead
/// letters; a connector sends one batch and says what became of it. It starts no timers and no threads, and never sleeps.
/// </summary>
public interface IConnector : IAsyncDisposable
{
    /// <summary>Opens what should be open before the first batch. The host repeats a failed start with back-off.</summary>
    ValueTask StartAsync(CancellationToken cancellationToken) => default;

    /// <summary>
    /// Sends one batch. Returning <see cref="DeliveryResult.Delivered"/> acknowledges it: every event is durable at the
    /// destination, by the strongest confirmation its protocol has. Nothing may be held back beyond the return.
    /// </summary>
    /// <remarks>
    /// <para>At least once: a batch can come again. <see cref="OutboundEvent.Key"/> stays the same and serves for deduplication.</para>
    /// <para>Memory: bodies and payloads belong to the host and are valid until the returned task completes.</para>
    /// <para>Concurrency: at most <see cref="ConnectorInfo.MaxConcurrency"/> calls run at a time.</para>
    /// <para>
    /// Exceptions: <see cref="HttpRequestException"/>, <see cref="IOException"/>, <see cref="System.Net.Sockets.SocketException"/>
    /// and <see cref="TimeoutException"/> count as <see cref="FailureKind.Transient"/>, and so does any other, which is logged
    /// as unclassified. An <see cref="OperationCanceledException"/> of the given token is the host's own timeout or its stop.
    /// </para>
    /// </remarks>
    /// <param name="batch">The events and their renderings.</param>
    /// <param name="cancellationToken">Carries the deadline of this attempt.</param>
    ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>Checks that the destination can be reached, without side effects. Throws when it cannot. May run beside a send.</summary>
    ValueTask ProbeAsync(CancellationToken cancellationToken) => default;

    /// <summary>Closes everything. Called once the last send has ended; also without a start, and twice.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => default;
}
