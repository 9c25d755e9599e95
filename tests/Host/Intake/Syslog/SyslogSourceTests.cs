using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Intake.Syslog;
using AuditHost.Journal;
using AuditHost.Tests.Intake.Streams;

namespace AuditHost.Tests.Intake.Syslog;

public sealed class SyslogSourceTests
{
    private const string Message = "<34>1 2003-10-11T22:14:15.003Z mymachine su 17 ID47 [a@1 b=\"c\"] 'su root' failed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RecordingSink _sink = new();
    private readonly RecordedRejections _rejected = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_becomes_an_event_with_its_parts_and_itself()
    {
        await PumpAsync(Encoding.UTF8.GetBytes($"{Message}\n"));

        using JsonDocument parsed = JsonDocument.Parse(Assert.Single(_sink.Events));
        JsonElement root = parsed.RootElement;
        Assert.Equal(
            ["2003-10-11T22:14:15.003Z", "syslog", "critical", "su", "mymachine", "192.0.2.7", "'su root' failed"],
            new[] { "timestamp", "event_type", "severity", "source", "hostname", "peer", "message" }.Select(name => root.GetProperty(name).GetString()!));
        Assert.Equal(
            """{"facility":4,"severity":2,"version":1,"timestamp":"2003-10-11T22:14:15.003Z","proc_id":"17","msg_id":"ID47","structured_data":"[a@1 b=\"c\"]","header":"<34>1 2003-10-11T22:14:15.003Z mymachine su 17 ID47 [a@1 b=\"c\"] "}""",
            root.GetProperty("syslog").GetRawText());
    }

    /// <summary>Seeded. Nobody parses what the writer wrote, so what it says of it must be what the parser would say.</summary>
    [Fact]
    public void Writer_knows_its_events_as_the_parser_does()
    {
        string[] parts =
        [
            "<13>", "<34>1 ", "<165>1 2003-10-11T22:14:15.003Z ", "<0>Nov  6 23:05:59 ", "<191>Feb 29 23:05:59 ", "2026-11-27T10:00:00+01:00 ", "ho\"st ", "app[17]: ", "app: ",
            "- ", "17 ", "[a@1 b=\"c\\\"d\"] ", "\uFEFF", "{\"a\":\"b\"}", "\\", "\t", "caf\u00e9 ", new string('x', 40), new string('"', 20), "\u0001\u001f",
        ];
        var random = new Random(42);
        for (int round = 0; round < 5000; round++)
        {
            byte[] message = Encoding.UTF8.GetBytes(string.Concat(random.GetItems(parts, random.Next(1, 12))));
            if (round % 10 == 0)
                message = [.. message, 0xE9];
            using var output = new PooledBuffer(16);
            "before"u8.CopyTo(output.GetSpan(6));
            output.Advance(6);

            EventIndex written = new SyslogEventWriter(output, _time).Write(message, "192.0.2.7");

            Assert.True(EventParser.TryParse(output.Written.Span[6..], out EventIndex parsed, out EventError? error), error?.Reason);
            Assert.Equal((parsed.TimeTicks, parsed.Severity), (written.TimeTicks, written.Severity));
            Assert.All(Enum.GetValues<EventField>(), field => Assert.Equal(parsed[field], written[field]));
        }
    }

    /// <summary>A message is never refused for its form: whatever its bytes, it is an event that has them.</summary>
    [Fact]
    public async Task Any_bytes_become_an_event_that_has_them()
    {
        const string Parts = "<13>1 - [a=\"]\\:{}\u00e9";
        var random = new Random(20261127);
        byte[][] messages = [.. Enumerable.Range(0, 3000).Select(number =>
        {
            byte[] message = new byte[random.Next(1, 80)];
            for (int i = 0; i < message.Length; i++)
                message[i] = number % 2 == 0 ? (byte)random.Next(256) : (byte)Parts[random.Next(Parts.Length)];
            return message;
        })];

        await PumpAsync([.. messages.SelectMany(message => (byte[])[.. Encoding.ASCII.GetBytes($"{message.Length} "), .. message])]);

        Assert.Empty(_rejected.Pieces);
        Assert.Equal(messages, _sink.Events.Select(json => JsonDocument.Parse(json).RootElement.GetProperty("syslog").TryGetProperty("original_base64", out JsonElement bytes)
            ? bytes.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(OriginalOf(json))));
    }

    [Fact]
    public async Task Every_character_comes_through()
    {
        string text = string.Concat(Enumerable.Range(1, 0xFFF).Where(code => code != '\n').Select(code => (char)code)) + "\U0001F600";

        await PumpAsync(Encoding.UTF8.GetBytes(Counted($"<13>1 - - - - - - {text[..600]}") + Counted($"<13>1 - - - - - - {text[^600..]}")));

        Assert.Equal([text[..600], text[^600..]], _sink.Events.Select(json => JsonDocument.Parse(json).RootElement.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_kept_as_they_came()
    {
        byte[] message = [.. "<13>Nov 26 22:00:00 host app: caf"u8, 0xE9, .. " \u0001\t\"\\"u8];

        await PumpAsync([.. message, (byte)'\n']);

        using JsonDocument parsed = JsonDocument.Parse(Assert.Single(_sink.Events));
        Assert.Equal("caf\uFFFD \u0001\t\"\\", parsed.RootElement.GetProperty("message").GetString());
        Assert.Equal(message, parsed.RootElement.GetProperty("syslog").GetProperty("original_base64").GetBytesFromBase64());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public async Task Stream_means_the_same_in_whatever_pieces_it_comes(int piece)
    {
        string stream = string.Concat(Enumerable.Range(0, 300).Select(number => (number % 4) switch
        {
            0 => $"<13>Nov  6 23:05:59 gate app[{number}]: line {number}\n",
            1 => Counted($"<13>1 - - - - - - counted {number}\nwith two lines"),
            2 => Counted($"<13>{new string('x', 3000)}"),
            _ => $"{new string('y', 3000)}\r\n",
        }));

        await PumpAsync(Encoding.UTF8.GetBytes(stream), piece);

        string[] originals = [.. _sink.Events.Select(OriginalOf)];
        Assert.Equal(
            Enumerable.Range(0, 300).Where(number => number % 4 < 2)
                .Select(number => number % 4 == 0 ? $"<13>Nov  6 23:05:59 gate app[{number}]: line {number}" : $"<13>1 - - - - - - counted {number}\nwith two lines"),
            originals);
        Assert.Equal(150, _rejected.Pieces.Count);
        Assert.All(_rejected.Pieces, rejected => Assert.Contains("more than 2000 bytes", rejected.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Last_line_without_an_end_is_taken_and_a_counted_message_cut_off_is_not()
    {
        await PumpAsync("<13>one\n<13>last"u8.ToArray());
        await PumpAsync("10 <13>cut"u8.ToArray());

        Assert.Equal(["<13>one", "<13>last"], _sink.Events.Select(OriginalOf));
        Assert.Equal(("10 <13>cut", "The input ends within the message."), (_rejected.Pieces.Single().Data, _rejected.Pieces.Single().Reason));
    }

    [Fact]
    public async Task Sender_whose_numbers_are_none_is_shut_out_and_its_messages_before_are_kept()
    {
        await using var stream = RunningStream.OfSyslog();
        using Socket sender = await stream.ConnectAsync();

        await RunningStream.SendAsync(sender, "7 <13>one999999999 <13>two");

        await RunningStream.AssertClosedAsync(sender);
        Assert.Equal("<13>one", OriginalOf(Assert.Single(stream.Sink.Events)));
        Assert.Equal("999999999 <13>two", Assert.Single(stream.Rejected.Pieces).Data);
    }

    [Fact]
    public async Task Line_without_an_end_is_rejected_once_and_its_sender_shut_out_after_a_while()
    {
        await using var stream = RunningStream.OfSyslog();
        using Socket sender = await stream.ConnectAsync();
        await RunningStream.SendAsync(sender, $"<13>{new string('x', 200_000)}");
        await stream.Rejected.WaitForAsync(1);

        await stream.LetPatienceEndAsync(sender);

        Assert.Empty(stream.Sink.Events);
        Assert.Contains("more than 65536 bytes", Assert.Single(stream.Rejected.Pieces).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_takes_what_has_arrived_and_the_line_that_is_cut_off_there()
    {
        await using var stream = RunningStream.OfSyslog();
        using Socket sender = await stream.ConnectAsync();
        stream.Sink.FailNext(new JournalFullException("Full.", TimeSpan.FromSeconds(10)));
        await RunningStream.SendAsync(sender, "<13>one\n<13>two");
        await stream.Time.WaitForTimersAsync();
        await stream.StopAsync();

        Assert.Equal(["<13>one", "<13>two"], stream.Sink.Events.Select(OriginalOf));
    }

    [Fact]
    public async Task Datagrams_are_messages_with_the_address_of_their_sender()
    {
        const int Count = 2000;
        using var stop = new CancellationTokenSource();
        using SyslogDatagramSource source = Datagrams();
        Task running = source.RunAsync(stop.Token);
        using Socket sender = await SenderToAsync(source);
        for (int number = 0; number < Count; number++)
        {
            await sender.SendAsync(Encoding.UTF8.GetBytes($"<13>Nov 26 22:00:00 host app: message {number}\n"), Test);
            if (number % 50 == 0)
                await _sink.WaitForAsync(number + 1);
        }

        await sender.SendAsync(Array.Empty<byte>(), Test);
        await sender.SendAsync(new byte[3000], Test);
        await sender.SendAsync(Encoding.UTF8.GetBytes(new string('z', 3000)), Test);
        await sender.SendAsync("<13>Nov 26 22:00:00 host app: last"u8.ToArray(), Test);
        await _sink.WaitForAsync(Count + 1);
        await stop.CancelAsync();
        await running.WaitAsync(Patience, Test);

        Assert.All(_sink.Events, json => Assert.Contains("\"peer\":\"127.0.0.1\"", json, StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(0, Count).Select(number => $"message {number}").Append("last").Order(),
            _sink.Events.Select(json => JsonDocument.Parse(json).RootElement.GetProperty("message").GetString()).Order());
        Assert.Equal(3000, Assert.Single(_rejected.Pieces).Length);
    }

    [Fact]
    public async Task Stop_takes_the_datagrams_that_have_arrived()
    {
        using var stop = new CancellationTokenSource();
        using SyslogDatagramSource source = Datagrams();
        Task running = source.RunAsync(stop.Token);
        using Socket sender = await SenderToAsync(source);
        _sink.FailNext(new JournalFullException("Full.", TimeSpan.FromSeconds(10)));
        await sender.SendAsync("<13>one"u8.ToArray(), Test);

        // The source waits for the journal, and what comes now only the kernel has.
        await _time.WaitForTimersAsync();
        await sender.SendAsync("<13>two"u8.ToArray(), Test);
        for (int i = 0; i < 3; i++)
            await sender.SendAsync(Array.Empty<byte>(), Test);
        await sender.SendAsync("<13>three"u8.ToArray(), Test);
        await stop.CancelAsync();
        await running.WaitAsync(Patience, Test);

        Assert.Equal(["<13>one", "<13>two", "<13>three"], _sink.Events.Select(OriginalOf));
    }

    [Fact]
    public void Address_of_datagrams_that_is_in_use_is_said()
    {
        using SyslogDatagramSource source = Datagrams();

        var exception = Assert.Throws<IOException>(() => Datagrams(source.Address));

        Assert.Contains($"cannot listen on {source.Address}", exception.Message, StringComparison.Ordinal);
    }

    private static string OriginalOf(string json)
    {
        JsonElement root = JsonDocument.Parse(json).RootElement;
        return root.GetProperty("syslog").GetProperty("header").GetString() + root.GetProperty("message").GetString();
    }

    private static async Task<Socket> SenderToAsync(SyslogDatagramSource source)
    {
        var sender = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await sender.ConnectAsync(source.Address, Test);
        return sender;
    }

    private SyslogDatagramSource Datagrams(IPEndPoint? listen = null) => new(
        SyslogSourceOptions.Default with { Listen = listen ?? new IPEndPoint(IPAddress.Loopback, 0), MaxEventBytes = 2000 }, _sink, _rejected, _time);

    private static string Counted(string message) => $"{Encoding.UTF8.GetByteCount(message)} {message}";

    private async Task PumpAsync(byte[] stream, int piece = int.MaxValue)
    {
        var context = new EventPumpContext("syslog", _sink, _rejected, new SourceCounters(), _time, MaxEventBytes: 2000);
        using var pump = new SyslogPump(context, new IPEndPoint(IPAddress.Parse("192.0.2.7"), 40000));
        for (int position = 0; position < stream.Length;)
        {
            Memory<byte> space = await pump.GetSpaceAsync(Test);
            int read = Math.Min(Math.Min(piece, space.Length), stream.Length - position);
            stream.AsMemory(position, read).CopyTo(space);
            position += read;
            await pump.AdvanceAsync(read, Test);
            await pump.FlushAsync(Test);
            pump.Shrink();
        }

        await pump.CompleteAsync(Test);
        Assert.Equal(stream.Length, pump.Settled);
    }
}
