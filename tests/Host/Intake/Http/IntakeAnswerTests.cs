using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Journal;

namespace AuditHost.Tests.Intake.Http;

[Promise("G1", "G6")]
public sealed class IntakeAnswerTests
{
    private const string Good = """{"id":"a"}""";
    private static readonly string Token = new('k', 32);

    [Fact]
    public async Task Answer_waits_for_the_sink()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Sink.Gate = gate.Task;

        Task<HttpResponseMessage> answer = server.PostAsync(Good);
        await server.Sink.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(answer.IsCompleted);
        Assert.Equal(0, server.Source.Counters.Accepted);
        gate.SetResult();

        using HttpResponseMessage response = await answer;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Full_journal_is_unavailable_for_as_long_as_it_says()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        server.Sink.Failure = new JournalFullException("Its limit is reached.", TimeSpan.FromSeconds(12.5));

        using HttpResponseMessage response = await server.PostAsync(Good);

        JsonElement problem = await IntakeServer.ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Equal("Its limit is reached.", problem.GetProperty("detail").GetString());
        Assert.Equal(TimeSpan.FromSeconds(13), response.Headers.RetryAfter?.Delta);
        Assert.Equal((0L, 1L), (server.Source.Counters.Accepted, server.Source.Counters.Refused));
    }

    [Fact]
    public async Task Failed_disk_is_unavailable_and_the_next_request_is_taken()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        server.Sink.Failure = new JournalFailedException("The disk failed.");
        using HttpResponseMessage failed = await server.PostAsync(Good);
        server.Sink.Failure = null;
        using HttpResponseMessage next = await server.PostAsync(Good);

        await IntakeServer.ProblemAsync(failed, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(5), failed.Headers.RetryAfter?.Delta);
        Assert.Equal("""{"accepted":1,"first":1,"last":1}""", await IntakeServer.TextAsync(next));
    }

    [Fact]
    public async Task Events_that_come_too_fast_are_to_come_again_later()
    {
        await using IntakeServer server = await IntakeServer.StartAsync(rate: new RateLimitOptions { EventsPerSecond = 1, Burst = 1 });
        string body = string.Concat(Enumerable.Repeat($"{Good}\n", 3600));
        using HttpResponseMessage first = await server.PostAsync(body, "application/x-ndjson");

        using HttpResponseMessage second = await server.PostAsync(Good);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        JsonElement problem = await IntakeServer.ProblemAsync(second, HttpStatusCode.TooManyRequests);
        Assert.Contains("rate_limiting", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(3000), TimeSpan.FromSeconds(3599));
        Assert.Equal((3600L, 1L), (server.Source.Counters.Accepted, server.Source.Counters.Refused));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Bearer wrong", false)]
    [InlineData("Basic kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", false)]
    [InlineData("Bearer kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", true)]
    public async Task Network_needs_a_token_and_the_socket_none(string? authorization, bool passes)
    {
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { Tokens = [Token] });
        using HttpClient overSocket = server.OverSocket();

        using HttpResponseMessage network = await SendAsync(server.Client, authorization);
        using HttpResponseMessage socket = await SendAsync(overSocket, authorization);

        Assert.Equal(HttpStatusCode.OK, socket.StatusCode);
        Assert.Equal(passes ? 2 : 1, server.Sink.Events.Count);
        if (passes)
            return;
        JsonElement problem = await IntakeServer.ProblemAsync(network, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", network.Headers.WwwAuthenticate.Single().ToString());
        Assert.DoesNotContain(Token, problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        const int Requests = 200;
        await using IntakeServer server = await IntakeServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        string request = $"POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Good.Length}\r\n\r\n{Good}";
        string last = request.Replace("Host: x", "Host: x\r\nConnection: close", StringComparison.Ordinal);

        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(request, Requests - 1)) + last);
        await client.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        string answers = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        int at = 0;
        for (int i = 1; i <= Requests; i++)
        {
            at = answers.IndexOf($"{{\"accepted\":1,\"first\":{i},\"last\":{i}}}", at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"No answer {i}.");
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent(Good) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
