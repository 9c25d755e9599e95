namespace AuditHost.Sdk.Testing;

/// <summary>
/// The rules for connectors that speak HTTP. Derive from this class, give it the factory and settings, and override what your
/// destination answers where it is not the usual: that is the whole test.
/// </summary>
public abstract partial class HttpConnectorConformance : ConnectorConformance
{
    /// <summary>What the destination asks to wait in <see cref="Throttled"/>.</summary>
    protected static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(7);

    /// <summary>
    /// Whether the body of a 2xx decides about the events, as with bulk APIs; then a body that cannot be read must not count as
    /// delivered. So it is when <see cref="PartialFailure"/> has a status of 2xx.
    /// </summary>
    protected virtual bool BodyDecides => PartialFailure(PeerRequest.Any, 0) is { IsSuccess: true };

    /// <summary>Names of headers that may differ between two attempts of the same batch, for instance a signature with a time in it.</summary>
    protected virtual IReadOnlyCollection<string> VolatileHeaders => [];

    /// <summary>
    /// Whether the settings of this test have a secret. False only where the connector's secret settings belong to another way of sending,
    /// and the host authenticates this one: its credential is looked for anyway.
    /// </summary>
    protected virtual bool HasSecretSettings => true;

    /// <summary>The destination's own keys as a JSON object, leading to an endpoint.</summary>
    protected abstract string Settings(Uri endpoint);

    /// <summary>The answer to a request that is taken. A bare 200 unless overridden.</summary>
    protected virtual PeerAnswer Delivered(PeerRequest request) => new(200);

    /// <summary>
    /// The answer that refuses the event of one index and takes the others, of a batch of three; <see langword="null"/>, the
    /// default, where the destination takes a batch whole or not at all.
    /// </summary>
    protected virtual PeerAnswer? PartialFailure(PeerRequest request, int failedIndex) => null;

    /// <summary>The answer that asks for a slower pace, with <see cref="RetryAfter"/>. 429 unless overridden.</summary>
    protected virtual PeerAnswer Throttled(PeerRequest request) =>
        new PeerAnswer(429).With("Retry-After", "7");

    /// <summary>The answer that refuses the events for good. 400 unless overridden.</summary>
    protected virtual PeerAnswer Refused(PeerRequest request) => new(400, "no");

    /// <summary>The answer that finds the request too large. 413 unless overridden.</summary>
    protected virtual PeerAnswer TooLarge(PeerRequest request) => new(413, "too large");

    /// <summary>The answer that refuses the sender. 401 unless overridden.</summary>
    protected virtual PeerAnswer Unauthorized(PeerRequest request) => new(401, "who are you");

    /// <summary>The answer of a destination that is broken for now. 500 unless overridden.</summary>
    protected virtual PeerAnswer Unavailable(PeerRequest request) => new(500, "broken");

    /// <inheritdoc/>
    protected sealed override ValueTask<TestDestination> OpenDestinationAsync() => new(Open(Delivered));

    private protected static HttpPeer PeerOf(ConformanceBench bench) => ((HttpDestination)bench.Destination).Peer;

    private HttpDestination Open(Func<PeerRequest, PeerAnswer> answer) => new(new HttpPeer(answer), Settings, VolatileHeaders);

    private async Task<ConformanceBench> StartAsync(Func<PeerRequest, PeerAnswer> answer, string? credential = null)
    {
        ConformanceBench bench = PrepareFor(Open(Delivered), credential: credential);
        await bench.StartAsync();
        PeerOf(bench).Answer(answer);
        return bench;
    }
}
