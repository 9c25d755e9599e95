using System.Net;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Http.Splunk;
using AuditHost.Intake.Mapping;
using AuditHost.Journal;

namespace AuditHost.Tests.Intake.Http.Splunk;

/// <summary>The collector as its senders know it, by Splunk's documentation.</summary>
public sealed class SplunkIntakeTests
{
    private const string Token = "11111111-2222-3333-4444-555555555555";
    private const string Channel = "FE0ECFAD-13D5-401B-847D-77833BD77131";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/services/collector")]
    [InlineData("/services/collector/event")]
    [InlineData("/services/collector/event/1.0")]
    public async Task Objects_are_taken_with_or_without_space_between_them(string path)
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, string answer) = await PostAsync(server, path, """{"time":1795464000.123,"host":"app01","source":"s","sourcetype":"corp:audit","event":{"event_id":"e-1","severity":"High"}}{"event":"text"}""" + "\n\n" + """{"event":7}""");

        Assert.Equal((HttpStatusCode.OK, """{"text":"Success","code":0}"""), (status, answer));
        Assert.Equal(
            [
                """{"event_id":"e-1","timestamp":1795464000.123,"event_type":"corp:audit","severity":"High","source":"s","hostname":"app01","original":{"time":1795464000.123,"host":"app01","source":"s","sourcetype":"corp:audit","event":{"event_id":"e-1","severity":"High"}}}""",
                """{"event_type":"splunk_hec","original":{"event":"text"}}""",
                """{"event_type":"splunk_hec","original":{"event":7}}""",
            ],
            server.Sink.Events);
        Assert.Equal(3, server.Source.Counters.Accepted);
    }

    [Theory]
    [InlineData("""{"event":"a"}{"event":"b"}{"host":"h"}{"event":"c"}""", 12, "Event field is required", 2)]
    [InlineData("""{"event":"a"}{"event":""}""", 13, "Event field cannot be blank", 1)]
    [InlineData("""{"event":null}""", 13, "Event field cannot be blank", 0)]
    [InlineData("""{"event":"a"}{"event":"b","fields":{"a":{"b":1}}}""", 15, "Error in handling indexed fields", 1)]
    [InlineData("""{"event":"a","fields":{"a":[["b"]]}}""", 15, "Error in handling indexed fields", 0)]
    [InlineData("""{"event":"a","fields":[]}""", 15, "Error in handling indexed fields", 0)]
    [InlineData("""{"event":"a"}{"event":""", 6, "Invalid data format", 1)]
    [InlineData("""[{"event":"a"}]""", 6, "Invalid data format", 0)]
    [InlineData("""{"event":"a"} x""", 6, "Invalid data format", 1)]
    [InlineData("""{"event":"a"}{"event":"b","event_id":1,"event":"c"}{"event":"d"}""", 0, "Success", -1)]
    public async Task Bad_event_is_named_and_those_before_it_are_taken(string body, int code, string text, int index)
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, string answer) = await PostAsync(server, "/services/collector/event", body);

        string further = index < 0 ? string.Empty : $",\"invalid-event-number\":{index}";
        Assert.Equal((index < 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, $$"""{"text":"{{text}}","code":{{code}}{{further}}}"""), (status, answer));
        Assert.Equal(index < 0 ? 3 : index, server.Sink.Events.Count);
        Assert.Equal(index < 0 ? 0 : 1, server.Source.Counters.Rejected);
    }

    [Fact]
    public async Task Depth_is_bounded_with_the_envelope_around()
    {
        await using IntakeServer server = await StartAsync();
        string Deep(int levels) => "{\"event\":" + new string('[', levels) + new string(']', levels) + "}";

        (HttpStatusCode good, _) = await PostAsync(server, "/services/collector/event", Deep(30));
        (HttpStatusCode bad, string answer) = await PostAsync(server, "/services/collector/event", Deep(31));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (good, bad));
        Assert.Equal("""{"text":"Invalid data format","code":6,"invalid-event-number":0}""", answer);
    }

    [Fact]
    public async Task Lines_are_taken_with_what_the_query_says()
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, _) = await PostAsync(
            server, "/services/collector/raw?host=h%C3%BC&sourcetype=st&time=1795464000&index=i&token=no", "first \"line\"\r\n\nsecond\tline");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            [
                """{"timestamp":1795464000,"event_type":"st","hostname":"hü","original":{"time":"1795464000","host":"hü","sourcetype":"st","index":"i","event":"first \"line\""}}""",
                """{"timestamp":1795464000,"event_type":"st","hostname":"hü","original":{"time":"1795464000","host":"hü","sourcetype":"st","index":"i","event":"second\tline"}}""",
            ],
            server.Sink.Events);
    }

    [Theory]
    [InlineData(null, 401, "Token is required", 2)]
    [InlineData("Bearer " + Token, 401, "Invalid authorization", 3)]
    [InlineData("Basic !!", 401, "Invalid authorization", 3)]
    [InlineData("Splunk 00000000-0000-0000-0000-000000000000", 403, "Invalid token", 4)]
    [InlineData("Splunk " + Token, 200, "Success", 0)]
    [InlineData("splunk  " + Token, 200, "Success", 0)]
    [InlineData("Basic dTo=", 403, "Invalid token", 4)]
    [InlineData("Basic eDoxMTExMTExMS0yMjIyLTMzMzMtNDQ0NC01NTU1NTU1NTU1NTU=", 200, "Success", 0)]
    public async Task Token_is_asked_for(string? authorization, int status, string text, int code)
    {
        await using IntakeServer server = await StartAsync(new HttpListenerOptions { Tokens = [Token] });

        (HttpStatusCode actual, string answer) = await PostAsync(server, "/services/collector", """{"event":"a"}""", authorization);

        Assert.Equal((status, $$"""{"text":"{{text}}","code":{{code}}}"""), ((int)actual, answer));
        Assert.Equal(status == 200 ? 1 : 0, server.Sink.Events.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task Nothing_is_no_data(string body)
    {
        await using IntakeServer server = await StartAsync();

        Assert.Equal((HttpStatusCode.BadRequest, """{"text":"No data","code":5}"""), await PostAsync(server, "/services/collector", body));
    }

    [Fact]
    public async Task Requests_over_a_channel_are_acknowledged_since_they_are_durable()
    {
        await using IntakeServer server = await StartAsync();

        (_, string first) = await PostAsync(server, "/services/collector?channel=" + Channel, """{"event":"a"}""");
        (_, string second) = await PostAsync(server, "/services/collector?channel=" + Channel, """{"event":"b"}""");
        (_, string acknowledged) = await PostAsync(server, "/services/collector/ack?channel=" + Channel, """{"acks":[0,1,2]}""");

        Assert.Equal("""{"text":"Success","code":0,"ackId":0}""", first);
        Assert.Equal("""{"text":"Success","code":0,"ackId":1}""", second);
        Assert.Equal("""{"acks":{"0":true,"1":true,"2":false}}""", acknowledged);
    }

    [Theory]
    [InlineData("/services/collector?channel=no-guid", """{"event":"a"}""", 11)]
    [InlineData("/services/collector/ack", """{"acks":[0]}""", 10)]
    [InlineData("/services/collector/ack?channel=no-guid", """{"acks":[0]}""", 11)]
    [InlineData("/services/collector/ack?channel=" + Channel, """{"acks":["0"]}""", 6)]
    [InlineData("/services/collector/ack?channel=" + Channel, """{"acks":[0]} x""", 6)]
    [InlineData("/services/collector/ack?channel=" + Channel, "no json", 6)]
    [InlineData("/services/collector/ack?channel=" + Channel, "", 6)]
    public async Task Channels_and_questions_are_checked(string path, string body, int code)
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, string answer) = await PostAsync(server, path, body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, JsonElement.Parse(answer).GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task A_full_journal_is_a_busy_server_and_takes_nothing()
    {
        await using IntakeServer server = await StartAsync();
        server.Sink.Failure = new JournalFullException("full", TimeSpan.FromSeconds(7));
        using HttpRequestMessage request = Request("/services/collector", """{"event":"a"}""", null);

        using HttpResponseMessage response = await server.Client.SendAsync(request, Cancellation);

        Assert.Equal("""{"text":"Server is busy","code":9}""", await IntakeServer.TextAsync(response));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "7"), (response.StatusCode, response.Headers.GetValues("Retry-After").Single()));
    }

    [Fact]
    public async Task Too_large_a_body_is_refused_as_such()
    {
        await using IntakeServer server = await StartAsync(new HttpListenerOptions { MaxBodyBytes = 1024 });

        (HttpStatusCode status, _) = await PostAsync(server, "/services/collector", $$"""{"event":"{{new string('x', 2000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Empty(server.Sink.Events);
    }

    [Theory]
    [InlineData(true, 200, """{"text":"HEC is healthy","code":17}""")]
    [InlineData(false, 503, """{"text":"HEC is unhealthy, queues are full","code":18}""")]
    public async Task Health_is_told_to_everybody(bool isHealthy, int status, string answer)
    {
        await using IntakeServer server = await StartAsync(new HttpListenerOptions { Tokens = [Token] }, isHealthy: isHealthy);

        using HttpResponseMessage response = await server.Client.GetAsync(new Uri("/services/collector/health", UriKind.Relative), Cancellation);

        Assert.Equal((status, answer), ((int)response.StatusCode, await IntakeServer.TextAsync(response)));
    }

    [Fact]
    public async Task A_site_maps_members_otherwise()
    {
        await using IntakeServer server = await StartAsync(mapping: [new MappedMember("event_type", "event.action"), new MappedMember("source") { Default = "legacy" }]);

        await PostAsync(server, "/services/collector", """{"source":"s","event":{"action":"login"}}""");

        Assert.StartsWith("""{"event_type":"login","source":"legacy",""", server.Sink.Events.Single(), StringComparison.Ordinal);
    }

    private static Task<IntakeServer> StartAsync(HttpListenerOptions? options = null, IReadOnlyList<MappedMember>? mapping = null, bool isHealthy = true) =>
        IntakeServer.StartAsync(options, map: (routes, context) => SplunkIntake.Map(routes, context, new SplunkSourceOptions { Mapping = mapping ?? [] }, () => isHealthy));

    private static async Task<(HttpStatusCode Status, string Answer)> PostAsync(IntakeServer server, string path, string body, string? authorization = null)
    {
        using HttpRequestMessage request = Request(path, body, authorization);
        using HttpResponseMessage response = await server.Client.SendAsync(request, Cancellation);
        return (response.StatusCode, await IntakeServer.TextAsync(response));
    }

    private static HttpRequestMessage Request(string path, string body, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }
}
