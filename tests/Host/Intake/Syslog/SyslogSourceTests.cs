using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Intake.Streams;
using AuditHost.Intake.Syslog;
using Microsoft.Extensions.Logging.Abstractions;

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
            ["2003-10-11T22:14:15.003Z", "syslog", "critical", "su", "mymachine", "192.0.2.7", "'su root' failed", Message],
            new[] { "timestamp", "event_type", "severity", "source", "hostname", "peer", "message", "original" }.Select(name => root.GetProperty(name).GetString()!));
        Assert.Equal(
            """{"facility":4,"severity":2,"version":1,"timestamp":"2003-10-11T22:14:15.003Z","proc_id":"17","msg_id":"ID47","structured_data":"[a@1 b=\"c\"]"}""",
            root.GetProperty("syslog").GetRawText());
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
        Assert.Equal(message, parsed.RootElement.GetProperty("original_base64").GetBytesFromBase64());
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

        string[] originals = [.. _sink.Events.Select(json => JsonDocument.Parse(json).RootElement.GetProperty("original").GetString()!)];
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

        Assert.Equal(["<13>one", "<13>last"], _sink.Events.Select(json => JsonDocument.Parse(json).RootElement.GetProperty("original").GetString()));
        Assert.Equal(("10 <13>cut", "The input ends within the message."), (_rejected.Pieces.Single().Data, _rejected.Pieces.Single().Reason));
    }

    [Fact]
    public async Task Sender_whose_numbers_are_none_is_shut_out_and_its_messages_before_are_kept()
    {
        using var stop = new CancellationTokenSource();
        using var source = StreamSource.OfSyslog(
            SyslogSourceOptions.Default with { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, _sink, _rejected, _time, NullLogger.Instance);
        Task running = source.RunAsync(stop.Token);
        using var sender = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await sender.ConnectAsync(source.Address, Test);

        await sender.SendAsync("7 <13>one999999999 <13>two"u8.ToArray(), Test);
        Assert.Equal(0, await ReceiveAsync(sender));
        Assert.Contains("\"original\":\"<13>one\"", Assert.Single(_sink.Events), StringComparison.Ordinal);
        Assert.Equal("999999999 <13>two", Assert.Single(_rejected.Pieces).Data);
        await stop.CancelAsync();
        await running.WaitAsync(Patience, Test);
    }

    [Fact]
    public async Task Line_without_an_end_is_rejected_once_and_its_sender_shut_out_after_a_while()
    {
        using var stop = new CancellationTokenSource();
        using var source = StreamSource.OfSyslog(
            SyslogSourceOptions.Default with { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, _sink, _rejected, _time, NullLogger.Instance);
        Task running = source.RunAsync(stop.Token);
        using var sender = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await sender.ConnectAsync(source.Address, Test);
        byte[] line = Encoding.UTF8.GetBytes($"<13>{new string('x', 200_000)}");
        for (int sent = 0; sent < line.Length;)
            sent += await sender.SendAsync(line.AsMemory(sent), Test);

        Task<int> closed = ReceiveAsync(sender);
        while (!closed.IsCompleted)
        {
            // The clock stands still until the line is known to be too long.
            if (_rejected.Pieces.Count > 0)
                _time.Advance(StreamConnection.EventPatience);
            await Task.WhenAny(closed, Task.Delay(TimeSpan.FromMilliseconds(10), Test));
        }

        Assert.Equal(0, await closed);
        await stop.CancelAsync();
        await running.WaitAsync(Patience, Test);
        Assert.Empty(_sink.Events);
        Assert.Contains("more than 65536 bytes", Assert.Single(_rejected.Pieces).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datagrams_are_messages_with_the_address_of_their_sender()
    {
        const int Count = 2000;
        using var stop = new CancellationTokenSource();
        using var source = new SyslogDatagramSource(
            SyslogSourceOptions.Default with { Listen = new IPEndPoint(IPAddress.Loopback, 0), MaxEventBytes = 2000 }, _sink, _rejected, _time);
        Task running = source.RunAsync(stop.Token);
        using var sender = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await sender.ConnectAsync(source.Address, Test);
        for (int number = 0; number < Count; number++)
        {
            await sender.SendAsync(Encoding.UTF8.GetBytes($"<13>Nov 26 22:00:00 host app: message {number}\n"), Test);
            if (number % 50 == 0)
                await _sink.WaitForAsync(number + 1);
        }

        await sender.SendAsync(Array.Empty<byte>(), Test);
        await sender.SendAsync(new byte[3000], Test);
        await sender.SendAsync(Encoding.UTF8.GetBytes(new string('z', 3000)), Test);
        await sender.SendAsync("<13>last"u8.ToArray(), Test);
        await _sink.WaitForAsync(Count + 1);
        await stop.CancelAsync();
        await running.WaitAsync(Patience, Test);

        Assert.All(_sink.Events, json => Assert.Contains("\"peer\":\"127.0.0.1\"", json, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, Count).Select(number => $"message {number}").Append("<13>last").Order(), _sink.Events.Select(MessageOf).Order());
        Assert.Equal(3000, Assert.Single(_rejected.Pieces).Length);

        static string MessageOf(string json) => JsonDocument.Parse(json).RootElement.GetProperty("message").GetString()! is var text && text == "last" ? "<13>last" : text;
    }

    /// <returns>0 where the other side has closed, with or without a reset.</returns>
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

    private static string Counted(string message) => $"{Encoding.UTF8.GetByteCount(message)} {message}";

    private async Task PumpAsync(byte[] stream, int piece = int.MaxValue)
    {
        var context = new EventPumpContext("syslog", _sink, _rejected, new SourceCounters(), _time, MaxEventBytes: 2000);
        using var pump = new SyslogPump(context, "192.0.2.7:40000");
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
