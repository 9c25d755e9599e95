using System.Net;
using System.Text;
using System.Text.Json;

namespace AuditHost.Tests.Intake.Http;

public sealed class EventFormatTests
{
    private const string One = """{"id":"a","type":"t"}""";
    private const string Two = """{"id":"b","n":[1,{"x":"]}"}]}""";

    [Theory]
    [InlineData("application/json", One, 1)]
    [InlineData("application/json; charset=UTF-8", "\uFEFF " + One + "\n", 1)]
    [InlineData("application/json", "[" + One + "]", 1)]
    [InlineData("application/json", " [ " + One + " ,\r\n" + Two + "] \n", 2)]
    [InlineData("application/x-ndjson", One + "\n" + Two + "\n", 2)]
    [InlineData("application/jsonl", "\uFEFF" + One + "\r\n\r\n \n" + Two, 2)]
    [InlineData("application/ndjson", Two, 1)]
    [InlineData("application/cloudevents+json; charset=utf-8", One, 1)]
    [InlineData("application/cloudevents-batch+json", "[" + One + "," + Two + "]", 2)]
    public async Task Body_is_split_into_its_events(string type, string body, int count)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(body, type);

        Assert.Equal($$"""{"accepted":{{count}},"first":1,"last":{{count}}}""", await IntakeServer.TextAsync(response));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(count, server.Sink.Events.Count);
        Assert.All(server.Sink.Events, text => Assert.Contains(text.Trim('\uFEFF', ' ', '\n'), new[] { One, Two }));
        Assert.Equal(count, server.Source.Counters.Accepted);
        Assert.Equal(server.Sink.Events.Sum(text => Encoding.UTF8.GetByteCount(text)), server.Source.Counters.Bytes);
        Assert.DoesNotContain(response.Headers, header => header.Key == "Server");
    }

    [Theory]
    [InlineData("application/json", """{"n":1}""", """{"n":1}""", "data")]
    [InlineData("text/plain", "grüß", "\"grüß\"", "data")]
    [InlineData("application/octet-stream", "abc", "\"YWJj\"", "data_base64")]
    [InlineData("application/vnd.x+json", "[1]", "[1]", "data")]
    public async Task Binary_cloud_event_becomes_its_structured_form(string type, string body, string data, string member)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        AddAttributes(content, "specversion:1.0", "id:e1", "source:/s", "type:t", "Subject:a%20b");

        using HttpResponseMessage response = await server.PostAsync(content, type);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using JsonDocument stored = JsonDocument.Parse(Assert.Single(server.Sink.Events));
        Assert.Equal("e1", stored.RootElement.GetProperty("id").GetString());
        Assert.Equal("a b", stored.RootElement.GetProperty("subject").GetString());
        Assert.Equal(type, stored.RootElement.GetProperty("datacontenttype").GetString());
        Assert.Equal(data, stored.RootElement.GetProperty(member).GetRawText());
    }

    [Fact]
    public async Task Binary_cloud_event_without_its_attributes_is_refused_with_each_of_them()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();
        using var content = new ByteArrayContent("{"u8.ToArray());
        AddAttributes(content, "specversion:1.0", "id:e1");

        using HttpResponseMessage response = await server.PostAsync(content, "application/json");

        JsonElement problem = await IntakeServer.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(
            ["$.source", "$.type", "$.data"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()));
        Assert.Empty(server.Sink.Events);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData(null)]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/x-ndjson; charset=\"utf-16\"")]
    public async Task Other_types_and_charsets_are_refused_with_a_list_of_those_taken(string? type)
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(One)), type);

        JsonElement problem = await IntakeServer.ProblemAsync(response, HttpStatusCode.UnsupportedMediaType);
        Assert.NotEqual(0, problem.GetProperty("supported").GetArrayLength());
        Assert.Empty(server.Sink.Events);
    }

    [Fact]
    public async Task Other_methods_are_not_allowed()
    {
        await using IntakeServer server = await IntakeServer.StartAsync();

        using HttpResponseMessage response = await server.Client.GetAsync(new Uri("/v1/events", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private static void AddAttributes(HttpContent content, params string[] attributes)
    {
        foreach (string attribute in attributes)
            content.Headers.TryAddWithoutValidation("ce-" + attribute.Split(':')[0], attribute[(attribute.IndexOf(':', StringComparison.Ordinal) + 1)..]);
    }
}
