using System.Text;
using AuditHost.Connectors.WebSocket;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.WebSockets;

public sealed class WebSocketSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("endpoint", "\"\"", "")]
    [InlineData("endpoint", "[]", "")]
    [InlineData("endpoint", "\"collector.example\"", "")]
    [InlineData("endpoint", "\"https://collector.example/\"", "")]
    [InlineData("endpoint", "\"wss://user:pw@collector.example/\"", "")]
    [InlineData("endpoint", "\"wss://collector.example/#x\"", "")]
    [InlineData("endpoint", """["wss://collector.example/","wss://collector.example/"]""", "")]
    [InlineData("endpoint[1]", """["wss://collector.example/","tcp://collector.example/"]""", "")]
    [InlineData("subprotocol", null, ""","subprotocol":"a b" """)]
    [InlineData("subprotocol", null, ""","subprotocol":"" """)]
    [InlineData("ping_interval_seconds", null, ""","ping_interval_seconds":-1""")]
    [InlineData("ping_timeout_seconds", null, ""","ping_timeout_seconds":0""")]
    [InlineData("max_unacknowledged", null, ""","max_unacknowledged":0""")]
    [InlineData("max_answer_bytes", null, ""","max_answer_bytes":10""")]
    [InlineData("acknowledgement", null, ""","acknowledgement":"per_batch" """)]
    [InlineData("envelope", null, ""","envelope":false,"message":"batch" """)]
    [InlineData("id_path", null, ""","id_path":"a..b" """)]
    [InlineData("acknowledgement_field", null, ""","acknowledgement_field":"" """)]
    [InlineData("refusal_field", null, ""","refusal_field":"ack" """)]
    [InlineData("retry_field", null, ""","retry_field":"a. b" """)]
    [InlineData("acknowledgement_field", null, ""","envelope":false,"acknowledgement_field":"event_id" """)]
    [InlineData("acknowledgement_field", null, ""","envelope":false,"id_path":"id","acknowledgement_field":"id" """)]
    public void Settings_that_cannot_work_are_named(string setting, string? endpoint, string further)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => WebSocketTest.Create(_context, endpoint ?? "\"wss://collector.example/\"", further));

        Assert.Equal(setting, exception.Setting);
        Assert.DoesNotContain("pw@", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shown_endpoints_have_no_query()
    {
        byte[] settings = Encoding.UTF8.GetBytes("""{"endpoint":["wss://a.example/audit?key=s3cret","ws://b.example:81/"]}""");

        Assert.Equal([new Uri("wss://a.example/audit"), new Uri("ws://b.example:81/")], new WebSocketFactory().Endpoints(settings));
    }

    [Theory]
    [InlineData("", BatchContent.Payload)]
    [InlineData(""","message":"batch" """, BatchContent.Payload)]
    [InlineData(""","message":"batch","envelope":false,"acknowledgement":"none" """, BatchContent.Body)]
    public void Only_what_is_sent_is_rendered(string further, BatchContent content) =>
        Assert.Equal(content, new WebSocketFactory().Content(Encoding.UTF8.GetBytes($$"""{"endpoint":"wss://a.example/"{{further}}}""")));
}
