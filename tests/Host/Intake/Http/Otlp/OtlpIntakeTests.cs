using System.Net;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Http.Otlp;
using AuditHost.Intake.Mapping;
using AuditHost.Journal;

namespace AuditHost.Tests.Intake.Http.Otlp;

public sealed class OtlpIntakeTests
{
    private const string Json = "application/json";
    private const string Protobuf = "application/x-protobuf";
    private const string Token = "0123456789abcdef0123456789abcdef";

    private const string JsonRequest =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"billing"}},{"key":"host.name","value":{"stringValue":"app01"}}]},
         "scopeLogs":[{"scope":{"name":"audit","version":"1.2"},"logRecords":[
          {"timeUnixNano":"1795464000123456789","observedTimeUnixNano":"1795464000200000000","severityNumber":17,"severityText":"ERROR","eventName":"user.login",
           "body":{"stringValue":"lo\"gin"},"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
           "attributes":[{"key":"event.id","value":{"stringValue":"e-1"}},{"key":"user.name","value":{"stringValue":"jürgen"}},
            {"key":"n","value":{"intValue":"-7"}},{"key":"d","value":{"doubleValue":0.5}},{"key":"b","value":{"boolValue":true}},{"key":"none","value":{}},
            {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":3}]}}},{"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}},
            {"key":"raw","value":{"bytesValue":"AQI="}}]},
          {"body":{"intValue":"9007199254740993"}}]}]}]}
        """;

    private const string First =
        """{"event_id":"e-1","timestamp":1795464000123456789,"event_type":"user.login","severity":"High","source":"billing","hostname":"app01","user":"jürgen","operation_id":"5b8efff798038103d269b633813fc60c","original":{"time_unix_nano":"1795464000123456789","observed_time_unix_nano":"1795464000200000000","severity_number":17,"severity_text":"ERROR","event_name":"user.login","body":"lo\"gin","trace_id":"5b8efff798038103d269b633813fc60c","span_id":"eee19b7ec3c1b174","attributes":{"event.id":"e-1","user.name":"jürgen","n":-7,"d":0.5,"b":true,"none":null,"list":["a",3],"map":{"k":"v"},"raw":"AQI="},"resource":{"service.name":"billing","host.name":"app01"},"scope":{"name":"audit","version":"1.2"}}}""";

    private const string Second =
        """{"event_type":"otlp","source":"billing","hostname":"app01","original":{"body":9007199254740993,"resource":{"service.name":"billing","host.name":"app01"},"scope":{"name":"audit","version":"1.2"}}}""";

    private static Message ProtobufRequest => new Message().Put(1, new Message()
        .Put(1, new Message().Attribute(1, "service.name", Text("billing")).Attribute(1, "host.name", Text("app01")))
        .Put(2, new Message()
            .Put(2, new Message()
                .Fixed64(1, 1795464000123456789).Fixed64(11, 1795464000200000000).Number(2, 17).Put(3, "ERROR").Put(12, "user.login").Put(5, Text("lo\"gin"))
                .Put(9, Convert.FromHexString("5b8efff798038103d269b633813fc60c")).Put(10, Convert.FromHexString("eee19b7ec3c1b174"))
                .Attribute(6, "event.id", Text("e-1")).Attribute(6, "user.name", Text("jürgen"))
                .Attribute(6, "n", new Message().Number(3, unchecked((ulong)-7L))).Attribute(6, "d", new Message().Fixed64(4, BitConverter.DoubleToUInt64Bits(0.5)))
                .Attribute(6, "b", new Message().Number(2, 1)).Attribute(6, "none", new Message())
                .Attribute(6, "list", new Message().Put(5, new Message().Put(1, Text("a")).Put(1, new Message().Number(3, 3))))
                .Attribute(6, "map", new Message().Put(6, new Message().Attribute(1, "k", Text("v"))))
                .Attribute(6, "raw", new Message().Put(7, 1, 2))
                .Number(7, 4).Number(99, 1))
            .Put(2, new Message().Put(5, new Message().Number(3, 9007199254740993)))
            // What is shared may stand behind what shares it.
            .Put(1, new Message().Put(1, "audit").Put(2, "1.2"))));

    [Fact]
    public async Task Records_in_JSON_become_events()
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, byte[] answer, string? type) = await PostAsync(server, Encoding.UTF8.GetBytes(JsonRequest), Json);

        Assert.Equal((HttpStatusCode.OK, "{}", Json), (status, Encoding.UTF8.GetString(answer), type));
        Assert.Equal([First, Second], server.Sink.Events);
    }

    [Fact]
    public async Task Records_in_Protocol_Buffers_become_the_same_events()
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, byte[] answer, string? type) = await PostAsync(server, ProtobufRequest.Bytes, Protobuf);

        Assert.Equal((HttpStatusCode.OK, 0, Protobuf), (status, answer.Length, type));
        Assert.Equal(
            [Sorted(First), Sorted(Second)],
            server.Sink.Events.Select(Sorted));
        Assert.Equal(2, server.Source.Counters.Accepted);
    }

    [Theory]
    [InlineData(Json, "{}")]
    [InlineData(Json, """{"resourceLogs":[]}""")]
    [InlineData(Json, """{"resourceLogs":[{"scopeLogs":null}],"other":1}""")]
    [InlineData(Protobuf, "")]
    public async Task Nothing_is_taken_for_what_it_is(string type, string body)
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, _, _) = await PostAsync(server, Encoding.UTF8.GetBytes(body), type);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(server.Sink.Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"resourceLogs":{}}""")]
    [InlineData("""{"resourceLogs":[7]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":{}}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"18446744073709551616"}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"intValue":"9223372036854775808"}}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"intValue":1.5}}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"bytesValue":"?"}}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"\ud800"}}]}]}]}""")]
    public async Task JSON_that_is_no_request_is_refused(string body)
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, byte[] answer, _) = await PostAsync(server, Encoding.UTF8.GetBytes(body), Json);

        Assert.Equal((HttpStatusCode.BadRequest, 3), (status, JsonElement.Parse(answer).GetProperty("code").GetInt32()));
        Assert.Contains("ExportLogsServiceRequest", JsonElement.Parse(answer).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(server.Sink.Events);
    }

    [Fact]
    public async Task Values_nested_too_deeply_are_refused_in_either_encoding()
    {
        await using IntakeServer server = await StartAsync();
        var deep = new Message().Number(3, 1);
        string json = """{"intValue":1}""";
        for (int level = 0; level < 40; level++)
            (deep, json) = (new Message().Put(5, new Message().Put(1, deep)), $$$"""{"arrayValue":{"values":[{{{json}}}]}}""");

        (HttpStatusCode binary, byte[] answer, _) = await PostAsync(server, new Message().Put(1, new Message().Put(2, new Message().Put(2, new Message().Put(5, deep)))).Bytes, Protobuf);
        (HttpStatusCode text, _, _) = await PostAsync(
            server, Encoding.UTF8.GetBytes($$$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{{{json}}}}]}]}]}"""), Json);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (binary, text));
        Assert.Contains("nested", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_too_large_is_refused_alone()
    {
        await using IntakeServer server = await StartAsync(new HttpListenerOptions { MaxEventBytes = 1024 });
        Message Records() => new Message().Put(1, new Message().Put(2, new Message()
            .Put(2, new Message().Put(5, Text("small")))
            .Put(2, new Message().Put(5, Text(new string('x', 2000))))
            .Put(2, new Message().Put(5, Text("small too")))));

        (HttpStatusCode status, byte[] answer, _) = await PostAsync(server, Records().Bytes, Protobuf);
        (_, byte[] text, _) = await PostAsync(
            server, Encoding.UTF8.GetBytes($$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"{{new string('x', 2000)}}"} }]}]}]}"""), Json);

        const string Reason = "The event has more than 1024 bytes (host.http.max_event_bytes).";
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(new Message().Put(1, new Message().Number(1, 1).Put(2, Reason)).Bytes, answer);
        Assert.Equal($$$"""{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"{{{Reason}}}"}}""", Encoding.UTF8.GetString(text));
        Assert.Equal(2, server.Sink.Events.Count);
        Assert.Equal(2, server.Source.Counters.Rejected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    public async Task Other_types_are_not_taken(string? type)
    {
        await using IntakeServer server = await StartAsync();

        (HttpStatusCode status, _, _) = await PostAsync(server, "{}"u8.ToArray(), type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
    }

    [Fact]
    public async Task A_full_journal_asks_to_come_again()
    {
        await using IntakeServer server = await StartAsync();
        server.Sink.Failure = new JournalFullException("full", TimeSpan.FromSeconds(7));

        (HttpStatusCode status, byte[] answer, _) = await PostAsync(server, ProtobufRequest.Bytes, Protobuf);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(new Message().Number(1, 14).Put(2, "full").Bytes, answer);
    }

    [Fact]
    public async Task Token_is_asked_for()
    {
        await using IntakeServer server = await StartAsync(new HttpListenerOptions { Tokens = [Token] });

        (HttpStatusCode without, byte[] answer, _) = await PostAsync(server, "{}"u8.ToArray(), Json);
        (HttpStatusCode with, _, _) = await PostAsync(server, "{}"u8.ToArray(), Json, Token);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without, with));
        Assert.Equal(16, JsonElement.Parse(answer).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_site_maps_members_otherwise()
    {
        await using IntakeServer server = await StartAsync(mapping: [new MappedMember("user", "attributes.\"event.id\""), new MappedMember("event_type", "scope.name")]);

        await PostAsync(server, ProtobufRequest.Bytes, Protobuf);

        Assert.StartsWith("""{"user":"e-1","event_type":"audit",""", server.Sink.Events[0], StringComparison.Ordinal);
    }

    private static Message Text(string text) => new Message().Put(1, text);

    /// <summary>The members in the order of their names: that of the record's own is the sender's.</summary>
    private static string Sorted(string json) => Sorted(JsonElement.Parse(json));

    private static string Sorted(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? $"{{{string.Join(',', element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{Sorted(member.Value)}"))}}}"
        : element.GetRawText();

    private static Task<IntakeServer> StartAsync(HttpListenerOptions? options = null, IReadOnlyList<MappedMember>? mapping = null) =>
        IntakeServer.StartAsync(options, map: (routes, context) => OtlpIntake.Map(routes, context, new OtlpSourceOptions { Mapping = mapping ?? [] }));

    private static async Task<(HttpStatusCode Status, byte[] Answer, string? Type)> PostAsync(IntakeServer server, byte[] body, string? type, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = new ByteArrayContent(body) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), response.Content.Headers.ContentType?.MediaType);
    }
}
