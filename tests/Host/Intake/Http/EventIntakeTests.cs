using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Journal;

namespace AuditHost.Tests.Intake.Http;

public sealed class EventIntakeTests
{
    private const string Two = """
        {"event_id":"1"}
        {"event_id":"2"}
        """;

    [Theory]
    [InlineData("application/json", """{"event_id":"1"}""", 1)]
    [InlineData("application/json; charset=utf-8", """ [ {"event_id":"1"} , {"event_id":"2"} ] """, 2)]
    [InlineData("application/x-ndjson", "{\"event_id\":\"1\"}\r\n\r\n{\"event_id\":\"2\"}\n", 2)]
    [InlineData("application/jsonl", Two, 2)]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"1","source":"/s","type":"t"}""", 1)]
    [InlineData("application/cloudevents-batch+json", """[{"specversion":"1.0","id":"1","source":"/s","type":"t"}]""", 1)]
    public async Task Events_are_taken_in_every_form(string contentType, string body, int count)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(body, contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($$"""{"accepted":{{count}},"first":1,"last":{{count}}}""", await ReadAsync(response));
        Assert.Equal(count, server.Sink.Events.Count);
        Assert.Equal(count, server.Source.Counters.Accepted);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("identity")]
    public async Task Bodies_are_decompressed(string encoding)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(Compress(Encoding.UTF8.GetBytes(Two), encoding), "application/x-ndjson", encoding);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["""{"event_id":"1"}""", """{"event_id":"2"}"""], server.Sink.Events);
    }

    [Fact]
    public async Task A_cloud_event_in_binary_mode_is_stored_in_its_structured_form()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/events", UriKind.Relative));
        request.Content = new StringContent("""{"x":1}""", Encoding.UTF8, "application/json");
        foreach ((string name, string value) in new[] { ("ce-specversion", "1.0"), ("ce-id", "7"), ("ce-source", "/caf%C3%A9"), ("ce-type", "t") })
            request.Headers.Add(name, value);

        using HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using JsonDocument stored = JsonDocument.Parse(server.Sink.Events.Single());
        Assert.Equal("7", stored.RootElement.GetProperty("id").GetString());
        Assert.Equal("/café", stored.RootElement.GetProperty("source").GetString());
        Assert.Equal(1, stored.RootElement.GetProperty("data").GetProperty("x").GetInt32());
    }

    [Fact]
    public async Task One_bad_event_refuses_the_request_and_every_bad_one_is_listed()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync("{\"event_id\":\"1\"}\n[1]\n{\"event_id\":\"2\"}\n{\"a\":\n", "application/x-ndjson");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await ReadAsync(response));
        Assert.Equal(
            [(1, 2, "$"), (3, 4, "$")],
            problem.RootElement.GetProperty("errors").EnumerateArray().Select(error => (
                error.GetProperty("index").GetInt32(), error.GetProperty("line").GetInt32(), error.GetProperty("path").GetString()!)));
        Assert.Empty(server.Sink.Events);
        Assert.Equal(2, server.Source.Counters.Rejected);
    }

    [Theory]
    [InlineData("", "application/json", 400, "not valid JSON")]
    [InlineData("\n \n", "application/x-ndjson", 400, "no event")]
    [InlineData("[]", "application/json", 400, "no event")]
    [InlineData("[{\"event_id\":\"1\"}", "application/json", 400, "not valid JSON")]
    [InlineData("[{\"event_id\":\"1\"}] x", "application/json", 400, "not valid JSON")]
    [InlineData("{}", "text/plain", 415, "application/x-ndjson")]
    [InlineData("{}", "application/json; charset=iso-8859-1", 415, "UTF-8")]
    public async Task Bad_bodies_get_a_clear_answer(string body, string contentType, int status, string detail)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(body, contentType);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(detail, await ReadAsync(response), StringComparison.Ordinal);
        Assert.Empty(server.Sink.Events);
    }

    [Fact]
    public async Task Encodings_are_told_apart()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        const string Event = """{"event_id":"Zoë"}""";

        using HttpResponseMessage marked = await server.PostAsync([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Event)], "application/json");
        using HttpResponseMessage latin1 = await server.PostAsync(Encoding.Latin1.GetBytes(Event), "application/json");
        using HttpResponseMessage utf16 = await server.PostAsync(Encoding.Unicode.GetBytes(Event), "application/json");
        using HttpResponseMessage unnamed = await server.PostAsync(Compress(Encoding.UTF8.GetBytes(Event), "gzip"), "application/json");
        using HttpResponseMessage wrong = await server.PostAsync(Encoding.UTF8.GetBytes(Event), "application/json", "gzip");
        using HttpResponseMessage unknown = await server.PostAsync(Encoding.UTF8.GetBytes(Event), "application/json", "lzma");

        Assert.Equal(HttpStatusCode.OK, marked.StatusCode);
        Assert.Contains("not valid UTF-8", await ReadAsync(latin1), StringComparison.Ordinal);
        Assert.Contains("UTF-16", await ReadAsync(utf16), StringComparison.Ordinal);
        Assert.Contains("Content-Encoding", await ReadAsync(unnamed), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, unknown.StatusCode);
        Assert.Equal([Event], server.Sink.Events);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task A_bomb_is_refused_before_it_unpacks(string encoding)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        byte[] bomb = Compress(new byte[256 << 20], encoding);
        long before = GC.GetTotalAllocatedBytes();

        using HttpResponseMessage response = await server.PostAsync(bomb, "application/json", encoding);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 96 << 20);
    }

    [Fact]
    public async Task Limits_are_named_when_they_are_exceeded()
    {
        var options = new HttpListenerOptions { MaxBodyBytes = 2000, MaxDecompressedBytes = 5000, MaxEventBytes = 100 };
        await using IntakeServer server = await IntakeServer.StartAsync(options);

        using HttpResponseMessage body = await server.PostAsync(new string(' ', 2001));
        using HttpResponseMessage unpacked = await server.PostAsync(Compress(new byte[6000], "gzip"), "application/json", "gzip");
        using HttpResponseMessage large = await server.PostAsync($$"""{"event_id":"{{new string('x', 100)}}"}""");

        Assert.Equal([413, 413, 413], new[] { body, unpacked, large }.Select(response => (int)response.StatusCode));
        Assert.Contains("host.http.max_body_bytes", await ReadAsync(body), StringComparison.Ordinal);
        Assert.Contains("host.http.max_decompressed_bytes", await ReadAsync(unpacked), StringComparison.Ordinal);
        Assert.Contains("host.http.max_event_bytes", await ReadAsync(large), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_waits_for_the_journal()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Sink.Gate = gate.Task;

        Task<HttpResponseMessage> request = server.PostAsync("""{"event_id":"1"}""");
        await server.Sink.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(request.IsCompleted);
        gate.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
    }

    [Fact]
    public async Task A_full_or_failed_journal_asks_the_sender_to_come_again()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        server.Sink.Failure = new JournalFullException("The journal holds 10 GiB, its limit.", TimeSpan.FromSeconds(12));
        using HttpResponseMessage full = await server.PostAsync("""{"event_id":"1"}""");
        server.Sink.Failure = new JournalFailedException("The disk failed.");
        using HttpResponseMessage failed = await server.PostAsync("""{"event_id":"1"}""");

        Assert.Equal((503, 12d), ((int)full.StatusCode, full.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Contains("10 GiB", await ReadAsync(full), StringComparison.Ordinal);
        Assert.Equal((503, 5d), ((int)failed.StatusCode, failed.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Equal(2, server.Source.Counters.Refused);
    }

    [Fact]
    public async Task A_listener_with_tokens_asks_for_one()
    {
        const string Token = "0123456789abcdef0123456789abcdef";
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { Tokens = [Token] });

        using HttpResponseMessage missing = await server.PostAsync("{}");
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "x");
        using HttpResponseMessage wrong = await server.PostAsync("{}");
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using HttpResponseMessage right = await server.PostAsync("{}");

        Assert.Equal([401, 401, 200], new[] { missing, wrong, right }.Select(response => (int)response.StatusCode));
        Assert.Equal("Bearer", missing.Headers.WwwAuthenticate.Single().Scheme);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response) =>
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static byte[] Compress(byte[] bytes, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(target, leaveOpen: true),
            _ => new BufferedStream(target),
        })
        {
            stream.Write(bytes);
            stream.Flush();
            if (encoding == "identity")
                return target.ToArray();
        }

        return target.ToArray();
    }
}
