using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;

namespace AuditHost.Tests.Intake.Http;

/// <summary>Alone, since it looks at what the process allocates.</summary>
[Collection(nameof(AloneCollection))]
[Promise("G6")]
public sealed class BodyLimitTests
{
    private static readonly byte[] Good = Encoding.UTF8.GetBytes("""{"id":"a"}""");

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Compressed_body_is_taken(string encoding)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response =
            await server.PostAsync(new ByteArrayContent(Compression.Compress(encoding, Good)), "application/json", encoding);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"id":"a"}""", Assert.Single(server.Sink.Events));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Damaged_or_cut_off_body_is_refused(string encoding)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        byte[] whole = Compression.Compress(encoding, [.. Enumerable.Range(0, 50_000).Select(i => (byte)(i * i >> 3))]);

        using HttpResponseMessage cut = await server.PostAsync(new ByteArrayContent(whole[..(whole.Length / 2)]), "application/json", encoding);
        using HttpResponseMessage other = await server.PostAsync(new ByteArrayContent(Good), "application/json", encoding);

        await IntakeServer.ProblemAsync(cut, HttpStatusCode.BadRequest);
        await IntakeServer.ProblemAsync(other, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    public async Task Other_encodings_are_refused(string encoding)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(new ByteArrayContent(Good), "application/json", encoding);

        await IntakeServer.ProblemAsync(response, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("gzip, br, zstd", response.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task Requests_under_way_share_one_budget_of_memory()
    {
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { MaxBufferedBytes = 80_000 });
        var gate = new TaskCompletionSource();
        server.Sink.Gate = gate.Task;
        string large = $$"""{"id":"{{new string('a', 60_000)}}"}""";
        Task<HttpResponseMessage> first = server.PostAsync(large);
        await server.Sink.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        using HttpResponseMessage refused = await server.PostAsync(large);
        gate.SetResult();
        using HttpResponseMessage taken = await first;
        using HttpResponseMessage later = await server.PostAsync(large);

        JsonElement problem = await IntakeServer.ProblemAsync(refused, HttpStatusCode.ServiceUnavailable);
        Assert.Contains("host.http.max_buffered_bytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (taken.StatusCode, later.StatusCode));
    }

    [Fact]
    public async Task Body_compressed_twice_is_refused()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        byte[] twice = Compression.Compress("zstd", Compression.Compress("gzip", Good));

        using HttpResponseMessage response = await server.PostAsync(new ByteArrayContent(twice), "application/json", "zstd");

        JsonElement problem = await IntakeServer.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("gzip", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_of_the_limit_is_taken_and_one_byte_more_refused(bool chunked)
    {
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { MaxBodyBytes = 2000 });
        string fits = $$"""{"id":"{{new string('x', 1991)}}"}""";
        Assert.Equal(2000, fits.Length);

        using HttpResponseMessage taken = await server.PostAsync(Content(fits, chunked), "application/json");
        using HttpResponseMessage refused = await server.PostAsync(Content(fits + " ", chunked), "application/json");

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        JsonElement problem = await IntakeServer.ProblemAsync(refused, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("host.http.max_body_bytes", problem.GetProperty("limit_key").GetString());
        Assert.Equal(2000, problem.GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task Compressed_bytes_and_single_events_have_limits_too()
    {
        var options = new HttpListenerOptions { MaxBodyBytes = 2000, MaxEventBytes = 100, MaxDecompressedBytes = 1 << 20 };
        await using IntakeServer server = await IntakeServer.StartAsync(options);
        byte[] noise = new byte[50_000];
        new Random(1).NextBytes(noise);

        using HttpResponseMessage body = await server.PostAsync(Chunked(Compression.Compress("gzip", noise)), "application/json", "gzip");
        using HttpResponseMessage single = await server.PostAsync($$"""[{"id":"{{new string('x', 100)}}"}]""");

        Assert.Contains("max_body_bytes", (await IntakeServer.ProblemAsync(body, HttpStatusCode.RequestEntityTooLarge)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("max_event_bytes", (await IntakeServer.ProblemAsync(single, HttpStatusCode.RequestEntityTooLarge)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decompressed_bytes_and_number_of_events_have_limits()
    {
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { MaxDecompressedBytes = 50_000 });
        byte[] spaces = Compression.Compress("gzip", [.. Enumerable.Repeat((byte)' ', 60_000)]);

        using HttpResponseMessage large = await server.PostAsync(new ByteArrayContent(spaces), "application/json", "gzip");
        using HttpResponseMessage many = await server.PostAsync(string.Concat(Enumerable.Repeat("{}\n", 100_001)), "application/x-ndjson");

        Assert.Contains("max_decompressed_bytes", (await IntakeServer.ProblemAsync(large, HttpStatusCode.RequestEntityTooLarge)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("100000 events", (await IntakeServer.ProblemAsync(many, HttpStatusCode.RequestEntityTooLarge)).GetRawText(), StringComparison.Ordinal);
        Assert.Empty(server.Sink.Events);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Bomb_is_refused_before_it_takes_memory(string encoding)
    {
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { MaxDecompressedBytes = 256 << 20 });
        byte[] bomb = await CompressedZerosAsync(encoding, 64 << 20);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        using HttpResponseMessage response = await server.PostAsync(new ByteArrayContent(bomb), "application/json", encoding);

        await IntakeServer.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 32 << 20);
    }

    [Fact]
    public async Task Bomb_without_end_is_answered_while_it_is_still_sent()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { MaxBodyBytes = 1 << 30 });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 1000000000\r\n\r\n"), stop);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        using var bomb = new Compression.Bomb("gzip", long.MaxValue);
        Task sending = Task.Run(() => bomb.CopyToAsync(client.GetStream(), stop), stop);
        using var reader = new StreamReader(client.GetStream());
        string? status = await reader.ReadLineAsync(stop);

        Assert.StartsWith("HTTP/1.1 413 ", status, StringComparison.Ordinal);
        Assert.False(sending.IsCompleted);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 << 20);
        client.Client.Close();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    private static HttpContent Content(string body, bool chunked) =>
        chunked ? Chunked(Encoding.UTF8.GetBytes(body)) : new ByteArrayContent(Encoding.UTF8.GetBytes(body));

    private static ChunkedContent Chunked(byte[] body) => new(body);

    private static async Task<byte[]> CompressedZerosAsync(string encoding, long size)
    {
        using var bomb = new Compression.Bomb(encoding, size);
        return await bomb.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A body that does not say how long it is.</summary>
    private sealed class ChunkedContent(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
