using System.Net.Sockets;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Intake.Streams;
using AuditHost.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Intake.Streams;

public sealed class StreamSourceTests
{
    [Fact]
    public async Task Events_of_a_sender_are_taken_while_it_stays_connected()
    {
        await using var stream = RunningStream.OfJson();
        using Socket sender = await stream.ConnectAsync();

        await RunningStream.SendAsync(sender, "{\"a\":1}\n{\"a\":2}\n");
        await stream.Sink.WaitForAsync(2);
        await RunningStream.SendAsync(sender, "{\"a\":3}");
        await stream.Sink.WaitForAsync(3);

        Assert.Equal(["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"], stream.Sink.Events);
    }

    [Fact]
    public async Task Event_in_pieces_is_put_together()
    {
        await using var stream = RunningStream.OfJson();
        using Socket sender = await stream.ConnectAsync();
        sender.NoDelay = true;
        string big = $"{{\"a\":\"{new string('x', 900_000)}\"}}";

        foreach (char[] piece in $"{{\"a\":1}}{big}\n{{\"a\":2}}".Chunk(100_001))
            await RunningStream.SendAsync(sender, new string(piece));
        await stream.Sink.WaitForAsync(3);

        Assert.Equal(["{\"a\":1}", big, "{\"a\":2}"], stream.Sink.Events);
    }

    [Fact]
    public async Task What_is_cut_off_by_the_end_is_kept_as_rejected()
    {
        await using var stream = RunningStream.OfJson();
        using (Socket sender = await stream.ConnectAsync())
            await RunningStream.SendAsync(sender, "{\"a\":1}\n{\"a\":");
        await stream.Rejected.WaitForAsync(1);

        Assert.Equal(["{\"a\":1}"], stream.Sink.Events);
        Assert.Equal(("{\"a\":", "The input ends within the event."), stream.Rejected.Pieces.Select(piece => (piece.Data, piece.Reason)).Single());
    }

    [Fact]
    public async Task Many_senders_at_a_time_each_get_everything_through()
    {
        const int Senders = 100, Events = 200;
        await using var stream = RunningStream.OfJson(TcpSourceOptions.Default with { MaxConnectionsPerPeer = Senders });
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async number =>
        {
            using Socket sender = await stream.ConnectAsync();
            for (int i = 0; i < Events; i += 10)
                await RunningStream.SendAsync(sender, string.Concat(Enumerable.Range(i, 10).Select(index => $"{{\"id\":\"{number}-{index}\"}}\n")));
        }));
        await stream.Sink.WaitForAsync(Senders * Events);

        Assert.Equal(Senders * Events, stream.Sink.Events.Distinct().Count());
    }

    [Fact]
    public async Task Stop_takes_what_has_arrived()
    {
        await using var stream = RunningStream.OfJson();
        using Socket sender = await stream.ConnectAsync();
        stream.Sink.FailNext(new JournalFullException("Full.", TimeSpan.FromSeconds(10)));
        await RunningStream.SendAsync(sender, "{\"a\":1}\n");

        // The connection waits for the journal, and what comes now only the kernel has.
        await stream.Time.WaitForTimersAsync();
        await RunningStream.SendAsync(sender, "{\"a\":2}\n");
        await stream.StopAsync();

        Assert.Equal(["{\"a\":1}", "{\"a\":2}"], stream.Sink.Events);
    }

    [Fact]
    public async Task Event_that_is_not_completed_in_time_ends_the_connection()
    {
        await using var stream = RunningStream.OfJson();
        using Socket sender = await stream.ConnectAsync();
        await RunningStream.SendAsync(sender, "{\"a\":1}\n{\"a\":");

        await stream.LetPatienceEndAsync(sender);

        Assert.Equal(["{\"a\":1}"], stream.Sink.Events);
        Assert.Equal("{\"a\":", Assert.Single(stream.Rejected.Pieces).Data);
    }

    /// <summary>So much at a time that there is always something to read: the host never comes to wait for such a sender.</summary>
    [Fact]
    public async Task Event_that_never_pauses_and_never_ends_ends_the_connection_too()
    {
        const int Senders = 40;
        byte[] torrent = Encoding.UTF8.GetBytes(new string('x', 1 << 20));
        await using var stream = RunningStream.OfJson();
        Task[] closed = [.. Enumerable.Range(0, Senders).Select(async _ =>
        {
            using Socket sender = await stream.ConnectAsync();
            await Assert.ThrowsAsync<SocketException>(async () =>
            {
                while (true)
                    await RunningStream.SendAsync(sender, torrent);
            });
        })];

        while (!closed.All(sender => sender.IsCompleted))
        {
            await Task.WhenAny(Task.WhenAll(closed), Task.Delay(10, TestContext.Current.CancellationToken));
            stream.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await Task.WhenAll(closed);
        Assert.Equal(Senders, stream.Rejected.Pieces.Count);
    }

    /// <summary>Commas and brackets between events are kept in case something follows that is none, but not for ever.</summary>
    [Fact]
    public async Task Separators_without_an_event_end_the_connection()
    {
        await using var stream = RunningStream.OfJson();
        using Socket sender = await stream.ConnectAsync();
        await RunningStream.SendAsync(sender, $"{{\"a\":1}}{new string(',', 100_000)}");

        await stream.LetPatienceEndAsync(sender);

        Assert.Equal(["{\"a\":1}"], stream.Sink.Events);
    }

    /// <summary>News of bytes that were read meanwhile can wake a connection for nothing; it must not wait without a limit then.</summary>
    [Fact]
    public async Task Every_connection_with_an_event_under_way_waits_with_a_limit()
    {
        const int Senders = 256;
        await using var stream = RunningStream.OfJson(TcpSourceOptions.Default with { MaxConnectionsPerPeer = Senders });
        Socket[] senders = await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            Socket sender = await stream.ConnectAsync();
            await RunningStream.SendAsync(sender, "{\"a\":\"");
            for (int i = 0; i < 40; i++)
                await RunningStream.SendAsync(sender, new string('x', 1000));
            return sender;
        }));

        await stream.LetPatienceEndAsync(senders);

        Assert.Equal(Senders, stream.Rejected.Pieces.Count);
        Assert.All(stream.Rejected.Pieces, piece => Assert.Equal("The input ends within the event.", piece.Reason));
    }

    [Fact]
    public async Task Silent_sender_stays_connected()
    {
        await using var stream = RunningStream.OfJson();
        using Socket sender = await stream.ConnectAsync();
        await RunningStream.SendAsync(sender, "{\"a\":1}\n");
        await stream.Sink.WaitForAsync(1);
        stream.Time.Advance(TimeSpan.FromDays(3));

        await RunningStream.SendAsync(sender, "{\"a\":2}\n");
        await stream.Sink.WaitForAsync(2);
    }

    [Fact]
    public async Task Sender_that_is_too_fast_is_slowed_down()
    {
        await using var stream = RunningStream.OfJson(TcpSourceOptions.Default with { RateLimit = new RateLimitOptions { EventsPerSecond = 1, Burst = 2 } });
        using Socket sender = await stream.ConnectAsync();
        await RunningStream.SendAsync(sender, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
        await stream.Sink.WaitForAsync(3);
        await stream.Time.WaitForTimersAsync();
        await RunningStream.SendAsync(sender, "{\"a\":4}\n");

        Assert.Equal(TimeSpan.FromSeconds(1), stream.Time.AdvanceToNextTimer());

        await stream.Sink.WaitForAsync(4);
        Assert.Equal(4, stream.Sink.Events.Length);
    }

    [Fact]
    public async Task Sender_of_what_is_no_event_is_shut_out()
    {
        await using var stream = RunningStream.OfJson();
        using Socket sender = await stream.ConnectAsync();
        await RunningStream.SendAsync(sender, string.Concat(Enumerable.Repeat("{\"a\":1}\n{\"a\":}\n", 200)));
        await stream.Sink.WaitForAsync(200);
        await RunningStream.SendAsync(sender, string.Concat(Enumerable.Repeat("{\"a\":}\n", 50 * StreamConnection.MostRejected)));

        await RunningStream.AssertClosedAsync(sender);
        Assert.Equal(200 + StreamConnection.MostRejected + 1, stream.Source.Counters.Rejected);
        using Socket other = await stream.ConnectAsync();
        await RunningStream.SendAsync(other, "{\"a\":1}\n");
        await stream.Sink.WaitForAsync(201);
    }

    [Fact]
    public async Task Sender_of_another_protocol_is_shut_out_after_a_while()
    {
        await using var stream = RunningStream.OfJson();
        using Socket sender = await stream.ConnectAsync();
        await RunningStream.SendAsync(sender, "GET / HTTP/1.1\r\nHost: siem\r\n\r\n");

        await stream.LetPatienceEndAsync(sender);

        Assert.Equal("This is no JSON object.", Assert.Single(stream.Rejected.Pieces).Reason);
    }

    [Fact]
    public async Task Connections_beyond_a_peers_share_are_closed_unread()
    {
        await using var stream = RunningStream.OfJson(TcpSourceOptions.Default with { MaxConnectionsPerPeer = 1 });
        using Socket first = await stream.ConnectAsync();
        await RunningStream.SendAsync(first, "{\"a\":1}\n");
        await stream.Sink.WaitForAsync(1);

        using Socket second = await stream.ConnectAsync();
        await RunningStream.AssertClosedAsync(second);
        await RunningStream.SendAsync(first, "{\"a\":2}\n");
        await stream.Sink.WaitForAsync(2);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_unread()
    {
        await using var stream = RunningStream.OfJson(TcpSourceOptions.Default with { MaxConnections = 1 });
        using Socket first = await stream.ConnectAsync();
        await RunningStream.SendAsync(first, "{\"a\":1}\n");
        await stream.Sink.WaitForAsync(1);

        using Socket second = await stream.ConnectAsync();
        await RunningStream.AssertClosedAsync(second);
    }

    /// <summary>Each is said once a minute, and none keeps another from being said.</summary>
    [Fact]
    public async Task Every_limit_that_bites_is_said()
    {
        var log = new LogLines();
        await using var stream = RunningStream.OfJson(TcpSourceOptions.Default with { MaxConnectionsPerPeer = 1 }, log);
        for (int i = 0; i < 3; i++)
        {
            using Socket garbage = await stream.ConnectAsync();
            await RunningStream.SendAsync(garbage, string.Concat(Enumerable.Repeat("{1}", 200)));
            await RunningStream.AssertClosedAsync(garbage);
        }

        using Socket slow = await stream.ConnectAsync();
        await RunningStream.SendAsync(slow, "{\"a\":1}{");
        await stream.Sink.WaitForAsync(1);
        using Socket second = await stream.ConnectAsync();
        await RunningStream.AssertClosedAsync(second);
        await stream.LetPatienceEndAsync(slow);

        string[] said = [(await log.NextAsync()).Text, (await log.NextAsync()).Text, (await log.NextAsync()).Text];
        Assert.Contains("closed the connection of 127.0.0.1", said[0], StringComparison.Ordinal);
        Assert.Contains("more than 100 pieces", said[0], StringComparison.Ordinal);
        Assert.Contains("(max_connections_per_peer of the source)", said[1], StringComparison.Ordinal);
        Assert.Contains("an event was not complete after 30 s", said[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_in_use_is_said()
    {
        await using var stream = RunningStream.OfJson();
        TcpSourceOptions options = TcpSourceOptions.Default with { Listen = stream.Source.Address };

        var exception = Assert.Throws<IOException>(() => SourceFactory.CreateTcp(options, stream.Sink, stream.Rejected, stream.Time, NullLogger.Instance));

        Assert.Contains($"tcp-{options.Listen.Port} cannot listen on {options.Listen}", exception.Message, StringComparison.Ordinal);
    }
}
