using System.Text;
using AuditHost.Fakes;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Transport;
using AuditHost.Plugins.Tests.Files;
using AuditHost.Plugins.Tests.Fluentd;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Transport;

public sealed class AnsweredTransportTests : IDisposable
{
    private readonly ManualClock _time = new(new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero));
    private readonly TestPluginContext _context;

    public AnsweredTransportTests() => _context = new TestPluginContext(time: _time);

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task What_is_answered_is_there_until_it_is_consumed()
    {
        await using var peer = new Echo();
        await using AnsweredTransport transport = To(peer);
        AnsweredStream stream = await transport.OpenAsync(Cancelled);

        // More than the buffer begins with, so that it grows and is moved.
        for (int round = 0; round < 50; round++)
        {
            byte[] said = Encoding.ASCII.GetBytes(new string((char)('a' + (round % 26)), 997));
            await stream.WriteAsync(said, Cancelled);
            while (stream.Received.Length < said.Length)
                await stream.ReceiveAsync(Cancelled);
            Assert.Equal(said, stream.Received.ToArray());
            stream.Consume(500);
            Assert.Equal(said[500..], stream.Received.ToArray());
            stream.Consume(497);
        }

        Assert.Same(stream, await transport.OpenAsync(Cancelled));
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task Peer_that_says_more_than_any_answer_has_is_left()
    {
        await using var peer = new Stranger(new byte[1 << 20]);
        await using AnsweredTransport transport = To(peer);
        AnsweredStream stream = await transport.OpenAsync(Cancelled);

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
                await stream.ReceiveAsync(Cancelled);
        });

        Assert.InRange(stream.Received.Length, 1, 128 << 10);
        await transport.FailAsync();
        Assert.NotSame(stream, await transport.OpenAsync(Cancelled));
    }

    [Fact]
    public async Task Peer_that_left_is_seen_before_anything_is_sent_to_it()
    {
        await using var peer = new Stranger("bye"u8.ToArray());
        await using AnsweredTransport transport = To(peer);
        AnsweredStream stream = await transport.OpenAsync(Cancelled);
        await stream.ReceiveAsync(Cancelled);
        await Assert.ThrowsAsync<IOException>(async () => await stream.ReceiveAsync(Cancelled));

        Assert.True(stream.IsGone);
        Assert.Equal("bye", Encoding.ASCII.GetString(stream.Received));
        Assert.NotSame(stream, await transport.OpenAsync(Cancelled));
        Assert.Equal(2, peer.Connections);
    }

    [Fact]
    public async Task Deadline_ends_the_waiting()
    {
        await using var peer = new Echo();
        await using AnsweredTransport transport = To(peer);
        AnsweredStream stream = await transport.OpenAsync(Cancelled);
        using var deadline = new CancellationTokenSource();

        ValueTask receiving = stream.ReceiveAsync(deadline.Token);
        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await receiving);
    }

    [Fact]
    public async Task Peer_that_fails_rests_longer_each_time_and_one_that_works_does_not()
    {
        await using var first = new Echo();
        await using var second = new Echo();
        await using AnsweredTransport transport = To(first, second);

        Assert.Equal(first.Address, await NextAsync());
        await transport.FailAsync();
        Assert.Equal(second.Address, await NextAsync());
        await transport.CloseAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(first.Address, await NextAsync());
        await transport.FailAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(second.Address, await NextAsync());
        await transport.CloseAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(first.Address, await NextAsync());
        transport.Worked();
        await transport.FailAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(first.Address, await NextAsync());

        async Task<Uri> NextAsync() => (await transport.OpenAsync(Cancelled)).Endpoint;
    }

    [Fact]
    public async Task Where_none_can_be_reached_the_last_failure_is_told()
    {
        var first = new Echo();
        var second = new Echo();
        await using AnsweredTransport transport = To(first, second);
        string last = second.Address.Authority;
        await first.DisposeAsync();
        await second.DisposeAsync();

        IOException failure = await Assert.ThrowsAsync<IOException>(async () => await transport.OpenAsync(Cancelled));
        await Assert.ThrowsAsync<IOException>(async () => await transport.ProbeAsync(Cancelled));

        Assert.Contains(last, failure.Message, StringComparison.Ordinal);
    }

    private AnsweredTransport To(params IReadOnlyList<FakeStreamServer> peers) => new(
        StreamEndpoints.Parse("endpoint", new EndpointList([.. peers.Select(peer => peer.Address.AbsoluteUri)]), usualPort: 1, _time), _context);

    private sealed class Echo : FakeStreamServer
    {
        protected override Task ServeAsync(Stream stream, CancellationToken cancellationToken) => stream.CopyToAsync(stream, cancellationToken);
    }
}
