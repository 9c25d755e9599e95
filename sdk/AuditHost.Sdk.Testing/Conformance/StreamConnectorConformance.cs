using System.Security.Cryptography.X509Certificates;

namespace AuditHost.Sdk.Testing;

/// <summary>The rules for connectors that write to a TCP or TLS connection of <see cref="PluginContext.ConnectAsync"/>.</summary>
public abstract class StreamConnectorConformance : ConnectorConformance
{
    // Together more than both sides' buffers take, and each less than what a receiver of syslog takes.
    private const int LargeBatchEvents = 200;
    private const int LargeEventBytes = 2000;

    /// <summary>Whether the peer speaks TLS. Its certificate is one that the test's context trusts.</summary>
    protected virtual bool Tls => false;

    /// <summary>
    /// Whether connections begin with a request of <see cref="PluginContext.Http"/>, as those of WebSocket do. Its pool finishes a connection
    /// whose request was cancelled meanwhile, and gives it to the next one.
    /// </summary>
    protected virtual bool OpensByHttp => false;

    /// <summary>
    /// What the destination says on one connection, for protocols that greet or acknowledge: called with nothing once the connection is
    /// there, then with each piece that was read, as the network cut it; returns what is said to that, empty for nothing. Called anew for
    /// each connection. <see langword="null"/>, the default, for a destination that says nothing.
    /// </summary>
    protected virtual Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? CreateAnswers() => null;

    /// <summary>
    /// What was read on one connection, as text in which event ids are found and which compares: two sends of the same batch must give
    /// equal ones. Its bytes as Latin-1 unless overridden, for protocols that are not text or that draw something at random.
    /// </summary>
    protected virtual string Understand(string received) => received;

    private protected sealed override X509Certificate2? Authority => Tls ? PeerCertificate.Instance : null;

    /// <summary>The destination's own keys as a JSON object, leading to <c>tcp://127.0.0.1:port</c>, or <c>tls://</c>.</summary>
    protected abstract string Settings(Uri endpoint);

    /// <inheritdoc/>
    protected sealed override ValueTask<TestDestination> OpenDestinationAsync() => new(Open());

    /// <summary>A connection that breaks under a send is a failure or is mended, and in either case the next send works.</summary>
    [Fact]
    public async Task Reset_connection_is_replaced()
    {
        await using ConformanceBench bench = await StartAsync();
        for (int round = 0; round < 3; round++)
        {
            await bench.ExpectDeliveryAsync("before a reset");
            PeerOf(bench).ResetAll();
            await bench.ExpectRecoveryAsync("after a reset");
        }
    }

    /// <summary>A peer that resets every connection is a failure each time, and never a hang.</summary>
    [Fact]
    public async Task Peer_that_resets_every_connection_is_a_failure()
    {
        await using ConformanceBench bench = await PrepareAsync();
        PeerOf(bench).Manner = StreamManner.Resets;
        for (int round = 0; round < 3; round++)
            ExpectDocumented(await bench.SendAsync(bench.Render(bench.NextIds())), "resets every connection");
        await PeerOf(bench).AfterResetsAsync(TestContext.Current.CancellationToken);
        PeerOf(bench).Manner = StreamManner.Reads;
        await bench.ExpectRecoveryAsync("after a peer that reset every connection");
    }

    /// <summary>A peer that takes the connection and reads nothing holds a send until its deadline and not longer.</summary>
    [Fact]
    public async Task Peer_that_reads_nothing_is_left_at_the_deadline()
    {
        await using ConformanceBench bench = await PrepareAsync();
        PeerOf(bench).Manner = StreamManner.Deaf;
        using var cancellation = new CancellationTokenSource();
        int events = Math.Min(LargeBatchEvents, bench.Factory.Info.MaxBatchEvents);
        Task<SendOutcome> sending = Task.Run(() => bench.SendAsync(bench.Render(bench.NextIds(events), padding: LargeEventBytes), cancellation.Token));
        await ConformanceBench.UntilAsync(() => bench.Context.Steps.Count > 1 || sending.IsCompleted);
        await cancellation.CancelAsync();
        SendOutcome outcome = await sending;
        Rule.Time.Holds(
            outcome.IsCancellation,
            $"The peer read nothing until the deadline; the connector says: {outcome}",
            "Pass the token to every write, and let its OperationCanceledException pass.");
        PeerOf(bench).Manner = StreamManner.Reads;

        // The pool's connection would be as deaf to the next send, which here has no deadline.
        if (OpensByHttp)
            PeerOf(bench).ResetAll();
        await bench.ExpectRecoveryAsync("after a deadline; half a message may not be followed by another on its connection");
    }

    /// <summary>A peer that talks though nobody asked, or closes its own direction, does no harm.</summary>
    [Fact]
    public async Task Peer_that_talks_or_half_closes_does_no_harm()
    {
        foreach (StreamManner manner in new[] { StreamManner.Talks, StreamManner.HalfCloses })
        {
            await using ConformanceBench bench = await PrepareAsync();
            PeerOf(bench).Manner = manner;
            for (int round = 0; round < 3; round++)
                ExpectDocumented(await bench.SendAsync(bench.Render(bench.NextIds())), manner == StreamManner.Talks ? "talks without end" : "closes its direction");
            PeerOf(bench).Manner = StreamManner.Reads;
            PeerOf(bench).ResetAll();
            await bench.ExpectRecoveryAsync($"after a peer of the manner {manner}");
        }
    }

    /// <summary>A destination that is not there is a failure, and never a hang.</summary>
    [Fact]
    public async Task Absent_destination_is_a_failure()
    {
        ConformanceBench bench = await PrepareAsync();
        await PeerOf(bench).DisposeAsync();
        await using (bench)
        {
            SendOutcome outcome = await bench.SendAsync(bench.Render(bench.NextIds()));
            Rule.Outcomes.Holds(
                outcome.IsDocumented && !outcome.IsCancellation && !outcome.IsDelivered && outcome.Kinds.All(kind => kind == FailureKind.Transient),
                $"Nothing listens at the endpoint; the connector says: {outcome}", "Let the IOException pass, or return Transient.");
            SecretCheck.Check(SecretCheck.SecretsOf(bench), bench.Context, outcome);
        }
    }

    private static StreamPeer PeerOf(ConformanceBench bench) => ((StreamDestination)bench.Destination).Peer;

    private static void ExpectDocumented(SendOutcome outcome, string what) => Rule.Strangers.Holds(
        outcome.IsDocumented && !outcome.IsCancellation,
        $"The peer {what}; the connector says: {outcome}",
        "Let IOException and SocketException pass; catch others and say what they are.");

    private StreamDestination Open() => new(new StreamPeer(Tls ? PeerCertificate.Instance : null, CreateAnswers), Settings, Understand);
}
