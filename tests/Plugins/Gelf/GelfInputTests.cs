using System.Net.Sockets;
using System.Text;
using AuditHost.Fakes.Graylog;

namespace AuditHost.Plugins.Tests.Gelf;

/// <summary>That the inputs which the connector is held against refuse what Graylog does.</summary>
public sealed class GelfInputTests
{
    private const string Message = """{"version":"1.1","host":"h","short_message":"m"}""";

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/gelf", 202)]
    [InlineData("POST", "/gelf/", 404)]
    [InlineData("POST", "/gelf?a=1", 404)]
    [InlineData("PUT", "/gelf", 405)]
    [InlineData("GET", "/gelf", 405)]
    [InlineData("OPTIONS", "/gelf", 200)]
    public async Task Http_input_takes_posts_at_its_path(string method, string path, int status)
    {
        await using var input = new GelfHttpInput();
        await input.StartAsync(Cancelled);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(input.Address, path)) { Content = method == "GET" ? null : new StringContent(Message) };

        using HttpResponseMessage response = await client.SendAsync(request, Cancelled);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 202 ? 1 : 0, input.Intake.Count);
    }

    [Fact]
    public async Task Http_input_answers_202_to_what_it_drops()
    {
        await using var single = new GelfHttpInput();
        await using var bulk = new GelfHttpInput { Bulk = true };
        await single.StartAsync(Cancelled);
        await bulk.StartAsync(Cancelled);
        using var client = new HttpClient();

        foreach (string body in new[] { $"[{Message}]", $"{Message}\n{Message}", "no json", """{"version":"1.1","host":"h"}""" })
            Assert.Equal(202, (int)(await client.PostAsync(new Uri(single.Address, "/gelf"), new StringContent(body), Cancelled)).StatusCode);
        Assert.Equal(202, (int)(await client.PostAsync(new Uri(bulk.Address, "/gelf"), new StringContent(Message), Cancelled)).StatusCode);
        Assert.Equal(413, (int)(await client.PostAsync(new Uri(single.Address, "/gelf"), new StringContent(new string('x', 65_537)), Cancelled)).StatusCode);

        Assert.Equal((0, 4), (single.Intake.Count, single.Intake.Violations.Count));
        Assert.Equal((0, 1), (bulk.Intake.Count, bulk.Intake.Violations.Count));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(0, 129)]
    [InlineData(3, 2)]
    public async Task Udp_input_drops_chunks_that_cannot_be(int number, int count)
    {
        await using var input = new GelfUdpInput();

        input.Take(Chunk(7, number, count, Message));

        Assert.Single(input.Intake.Violations);
        Assert.Equal(0, input.Intake.Count);
    }

    [Fact]
    public async Task Udp_input_forgets_chunks_after_five_seconds_and_takes_them_in_any_order()
    {
        var clock = new SteppingClock();
        await using var input = new GelfUdpInput(clock);

        input.Take(Chunk(1, 1, 2, Message[20..]));
        input.Take(Chunk(1, 1, 2, Message[20..]));
        clock.Advance(TimeSpan.FromSeconds(5));
        input.Take(Chunk(1, 0, 2, Message[..20]));
        input.Take(Chunk(2, 0, 2, Message[..20]));
        clock.Advance(TimeSpan.FromSeconds(5.001));
        input.Take(Chunk(2, 1, 2, Message[20..]));

        Assert.Equal(1, input.Intake.Count);
        Assert.Contains("5 s", Assert.Single(input.Intake.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tcp_input_takes_no_compression_and_closes_on_too_long_a_message()
    {
        await using var input = new GelfTcpInput { MaxBytes = 100 };
        using var client = new TcpClient();
        await client.ConnectAsync(input.Address.Host, input.Address.Port, Cancelled);
        Stream stream = client.GetStream();

        await stream.WriteAsync(Encoding.UTF8.GetBytes(Message + "\0\u001f\u008b\0" + new string('x', 101)), Cancelled);

        Assert.Equal(0, await stream.ReadAsync(new byte[1], Cancelled));
        Assert.Equal(1, input.Intake.Count);
        Assert.Equal(2, input.Intake.Violations.Count);
    }

    private static byte[] Chunk(byte id, int number, int count, string data) =>
        [0x1E, 0x0F, 0, 0, 0, 0, 0, 0, 0, id, (byte)number, (byte)count, .. Encoding.UTF8.GetBytes(data)];

    private sealed class SteppingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
