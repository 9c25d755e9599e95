using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Streams;
using AuditHost.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Intake.Streams;

public sealed class StreamSourceTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RecordingSink _sink = new();
    private readonly RecordedRejections _rejected = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private StreamSource? _source;
    private Task? _running;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _source?.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Events_of_a_sender_are_taken_while_it_stays_connected()
    {
        Start();
        using Socket sender = await ConnectAsync();

        await SendAsync(sender, "{\"a\":1}\n{\"a\":2}\n");
        await _sink.WaitForAsync(2);
        await SendAsync(sender, "{\"a\":3}");
        await _sink.WaitForAsync(3);

        Assert.Equal(["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"], _sink.Events);
        Assert.Equal((3L, 0L), (_source!.Counters.Accepted, _source.Counters.Rejected));
    }

    [Fact]
    public async Task Event_in_pieces_is_put_together()
    {
        Start();
        using Socket sender = await ConnectAsync();
        sender.NoDelay = true;
        string big = $"{{\"a\":\"{new string('x', 900_000)}\"}}";

        foreach (char[] piece in $"{{\"a\":1}}{big}\n{{\"a\":2}}".Chunk(100_001))
            await SendAsync(sender, new string(piece));
        await _sink.WaitForAsync(3);

        Assert.Equal(["{\"a\":1}", big, "{\"a\":2}"], _sink.Events);
    }

    [Fact]
    public async Task What_is_cut_off_by_the_end_is_kept_as_rejected()
    {
        Start();
        using (Socket sender = await ConnectAsync())
            await SendAsync(sender, "{\"a\":1}\n{\"a\":");
        await _sink.WaitForAsync(1);
        await StopAsync();

        Assert.Equal(("{\"a\":", "The input ends within the event."), _rejected.Pieces.Select(piece => (piece.Data, piece.Reason)).Single());
    }

    [Fact]
    public async Task Many_senders_at_a_time_each_get_everything_through()
    {
        const int Senders = 100, Events = 200;
        Start(TcpSourceOptions.Default with { MaxConnectionsPerPeer = Senders });
        await Parallel.ForEachAsync(Enumerable.Range(0, Senders), new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = Test }, async (number, _) =>
        {
            using Socket sender = await ConnectAsync();
            for (int i = 0; i < Events; i += 10)
                await SendAsync(sender, string.Concat(Enumerable.Range(i, 10).Select(index => $"{{\"id\":\"{number}-{index}\"}}\n")));
        });
        await _sink.WaitForAsync(Senders * Events);

        Assert.Equal(Senders * Events, _sink.Events.Distinct().Count());
    }

    [Fact]
    public async Task Stop_takes_what_has_arrived()
    {
        Start();
        using Socket sender = await ConnectAsync();
        await SendAsync(sender, "{\"a\":1}\n");
        await _sink.WaitForAsync(1);

        // A full journal keeps the connection waiting, while more comes in that only the kernel has.
        _sink.FailNext(new JournalFullException("Full.", TimeSpan.FromSeconds(10)));
        await SendAsync(sender, "{\"a\":2}\n");
        await UntilAsync(() => _source!.Counters.Refused == 1);
        await SendAsync(sender, "{\"a\":3}\n");
        await StopAsync();

        Assert.Equal(["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"], _sink.Events);
    }

    [Fact]
    public async Task Event_that_is_not_completed_in_time_ends_the_connection()
    {
        Start();
        using Socket sender = await ConnectAsync();
        await SendAsync(sender, "{\"a\":1}\n{\"a\":");
        await _sink.WaitForAsync(1);

        await UntilAsync(() =>
        {
            _time.Advance(StreamConnection.EventPatience);
            return _rejected.Pieces.Count == 1;
        });

        Assert.Equal(0, await ReceiveAsync(sender));
    }

    [Fact]
    public async Task Silent_sender_stays_connected()
    {
        Start();
        using Socket sender = await ConnectAsync();
        await SendAsync(sender, "{\"a\":1}\n");
        await _sink.WaitForAsync(1);
        _time.Advance(TimeSpan.FromDays(3));

        await SendAsync(sender, "{\"a\":2}\n");
        await _sink.WaitForAsync(2);
    }

    [Fact]
    public async Task Sender_of_what_is_no_event_is_shut_out()
    {
        Start();
        using Socket sender = await ConnectAsync();
        await SendAsync(sender, string.Concat(Enumerable.Repeat("{\"a\":1}\n{\"a\":}\n", 200)));
        await _sink.WaitForAsync(200);
        for (int line = 0; line <= StreamConnection.MostRejected; line++)
            await SendAsync(sender, "{\"a\":}\n");

        Assert.Equal(0, await ReceiveAsync(sender));
        Assert.Equal((200L, true), (_source!.Counters.Accepted, _source.Counters.Rejected > 200 + StreamConnection.MostRejected));
        using Socket other = await ConnectAsync();
        await SendAsync(other, "{\"a\":1}\n");
        await _sink.WaitForAsync(201);
    }

    [Fact]
    public async Task Sender_of_another_protocol_is_shut_out_after_a_while()
    {
        Start();
        using Socket sender = await ConnectAsync();
        await SendAsync(sender, "GET / HTTP/1.1\r\nHost: siem\r\n\r\n");

        await UntilAsync(() =>
        {
            _time.Advance(StreamConnection.EventPatience);
            return _rejected.Pieces.Count == 1;
        });

        Assert.Equal(0, await ReceiveAsync(sender));
    }

    [Fact]
    public async Task Connections_beyond_a_peers_share_are_closed_unread()
    {
        Start(TcpSourceOptions.Default with { MaxConnectionsPerPeer = 1 });
        using Socket first = await ConnectAsync();
        await SendAsync(first, "{\"a\":1}\n");
        await _sink.WaitForAsync(1);

        using Socket second = await ConnectAsync();
        Assert.Equal(0, await ReceiveAsync(second));
        await SendAsync(first, "{\"a\":2}\n");
        await _sink.WaitForAsync(2);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_unread()
    {
        Start(TcpSourceOptions.Default with { MaxConnections = 1 });
        using Socket first = await ConnectAsync();
        await SendAsync(first, "{\"a\":1}\n");
        await _sink.WaitForAsync(1);

        using Socket second = await ConnectAsync();
        Assert.Equal(0, await ReceiveAsync(second));
    }

    [Fact]
    public void Address_in_use_is_said()
    {
        Start();

        var exception = Assert.Throws<IOException>(() => Create(TcpSourceOptions.Default with { Listen = _source!.Address }));

        Assert.Contains($"cannot listen on {_source!.Address}", exception.Message, StringComparison.Ordinal);
    }

    private StreamSource Create(TcpSourceOptions options) => StreamSource.OfJson(options, _sink, _rejected, _time, NullLogger.Instance);

    private void Start(TcpSourceOptions? options = null)
    {
        _source = Create((options ?? TcpSourceOptions.Default) with { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
        _running = _source.RunAsync(_stop.Token);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        if (_running is { } running)
            await running.WaitAsync(Patience, Test);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_source!.Address, Test);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int sent = 0; sent < bytes.Length;)
            sent += await socket.SendAsync(bytes.AsMemory(sent), Test);
    }

    /// <returns>0 where the other side has closed.</returns>
    private static async Task<int> ReceiveAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], Test).AsTask().WaitAsync(Patience, Test);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
    }
}
