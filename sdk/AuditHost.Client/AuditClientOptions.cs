namespace AuditHost.Client;

/// <summary>How a client sends.</summary>
public sealed class AuditClientOptions
{
    /// <summary>The host's listener, for instance <c>https://audit.example:8780</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>One of the tokens of <c>host.http.tokens</c>; none where the host asks for none. A secret: it is never shown.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// The folder where events wait while the host is away, of this client alone. Without one a send waits until the host is back, and what waits is lost
    /// with the process.
    /// </summary>
    public string? SpoolDirectory { get; init; }

    /// <summary>The most that the spool may take, in bytes. Beyond it a send waits until there is room.</summary>
    public long MaxSpoolBytes { get; init; } = 1L << 30;

    /// <summary>The most events in a request.</summary>
    public int MaxBatchEvents { get; init; } = 500;

    /// <summary>The most bytes in a request, before compression. An event that is longer alone goes alone.</summary>
    public int MaxBatchBytes { get; init; } = 1 << 20;

    /// <summary>How many events may wait in memory to be sent. Beyond it a send waits.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after the first failure; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Sends the requests, for certificates, proxies and tests; the client disposes of it.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Told of each event that the host refused after it had been spooled, with its JSON and the reason. It is kept in <c>rejected.ndjson</c> in the
    /// spool's folder in any case.
    /// </summary>
    public Action<ReadOnlyMemory<byte>, string>? OnRejected { get; init; }
}
