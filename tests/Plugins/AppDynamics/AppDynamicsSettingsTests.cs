using System.Text;
using AuditHost.Connectors.AppDynamics;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.AppDynamics;

public sealed class AppDynamicsSettingsTests : IDisposable
{
    private const string Sound = """{"endpoint":"https://analytics.api.appdynamics.com","account_name":"a_1","api_key":"k" """;

    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("""{}""", "endpoint")]
    [InlineData("""{"send":[]}""", "send")]
    [InlineData("""{"send":["logs"]}""", "send[0]")]
    [InlineData("""{"endpoint":[],"account_name":"a","api_key":"k"}""", "endpoint")]
    [InlineData("""{"endpoint":"analytics.api.appdynamics.com","account_name":"a","api_key":"k"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://e","api_key":"k"}""", "account_name")]
    [InlineData("""{"endpoint":"https://e","account_name":"","api_key":"k"}""", "account_name")]
    [InlineData("""{"endpoint":"https://e","account_name":"a\nb","api_key":"k"}""", "account_name")]
    [InlineData("""{"endpoint":"https://e","account_name":"a"}""", "api_key")]
    [InlineData("""{"endpoint":"https://e","account_name":"a","api_key":"k\n"}""", "api_key")]
    public void What_is_needed_for_events_is_asked_for_by_name(string settings, string setting) => Assert.Equal(setting, Refuse(settings).Setting);

    [Theory]
    [InlineData(""","schema":"" """, "schema")]
    [InlineData(""","schema":"audit-events" """, "schema")]
    [InlineData(""","schema":"1st" """, "schema")]
    [InlineData(""","schema":"a/../b" """, "schema")]
    [InlineData(""","event_column":"event body" """, "event_column")]
    [InlineData(""","event_column":"event_id" """, "event_column")]
    [InlineData(""","event_column":"pickupTimestamp" """, "event_column")]
    [InlineData(""","columns":{"a b":{"path":"x"}}""", "columns.a b")]
    [InlineData(""","columns":{"severity":{"path":"x"}}""", "columns.severity")]
    [InlineData(""","columns":{"eventTimestamp":{"path":"x","type":"date"}}""", "columns.eventTimestamp")]
    [InlineData(""","columns":{"n":{"path":" "}}""", "columns.n.path")]
    [InlineData(""","columns":{"n":null}""", "columns.n.path")]
    [InlineData(""","max_request_bytes":1""", "max_request_bytes")]
    [InlineData(""","max_field_bytes":0""", "max_field_bytes")]
    [InlineData(""","max_field_bytes":500001""", "max_field_bytes")]
    [InlineData(""","send":["events","metrics"],"machine_agent":{"endpoint":"127.0.0.1:8293"}""", "machine_agent.endpoint")]
    [InlineData(""","send":["events","metrics"],"machine_agent":{"metric_path":""}""", "machine_agent.metric_path")]
    [InlineData(""","send":["events","metrics"],"machine_agent":{"metric_path":"Custom Metrics||Audit"}""", "machine_agent.metric_path")]
    [InlineData(""","send":["events","metrics"],"machine_agent":{"metric_path":"Custom Metrics|a,b"}""", "machine_agent.metric_path")]
    [InlineData(""","send":["events","metrics"],"machine_agent":{"metric_path":"Custom Metrics|Prüfung"}""", "machine_agent.metric_path")]
    public void What_cannot_work_is_refused_by_name(string further, string setting) => Assert.Equal(setting, Refuse(Sound + further + "}").Setting);

    [Theory]
    [InlineData("https://acme.saas.appdynamics.com")]
    [InlineData("https://acme.saas.appdynamics.com/controller")]
    [InlineData("http://controller.example:8090")]
    [InlineData("https://controller.example:8181/")]
    [InlineData("https://proxy.example/controller/rest")]
    public void A_controller_is_told_from_an_events_service(string endpoint)
    {
        SettingsException refusal = Refuse($$"""{"endpoint":"{{endpoint}}","account_name":"a","api_key":"k"}""");

        Assert.Equal("endpoint", refusal.Setting);
        Assert.Contains("This is a Controller", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("9080", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://analytics.api.appdynamics.com", "https://analytics.api.appdynamics.com/")]
    [InlineData("https://analytics.api.appdynamics.com:443/events/publish/x?y=1", "https://analytics.api.appdynamics.com/")]
    [InlineData("https://fra-ana-api.saas.appdynamics.com/", "https://fra-ana-api.saas.appdynamics.com/")]
    [InlineData("http://events.example:9080/events", "http://events.example:9080/")]
    [InlineData("https://proxy.example/events-of-appd/Events/schema", "https://proxy.example/events-of-appd")]
    [InlineData("https://proxy.example/appd/", "https://proxy.example/appd")]
    public void An_events_service_is_known_by_its_host(string endpoint, string shown) => Assert.Equal(
        [shown],
        new AppDynamicsFactory().Endpoints(Encoding.UTF8.GetBytes($$"""{"endpoint":"{{endpoint}}"}""")).Select(one => one.AbsoluteUri));

    [Theory]
    [InlineData("""{"send":["metrics"]}""", "http://127.0.0.1:8293/api/v1/metrics")]
    [InlineData("""{"send":["metrics"],"machine_agent":{"endpoint":"http://[::1]:9000/other"}}""", "http://[::1]:9000/other")]
    [InlineData("""{"send":["events","metrics"],"endpoint":"https://e:9080"}""", "https://e:9080/ http://127.0.0.1:8293/api/v1/metrics")]
    public void Every_way_that_is_on_is_shown(string settings, string shown) =>
        Assert.Equal(shown, string.Join(' ', new AppDynamicsFactory().Endpoints(Encoding.UTF8.GetBytes(settings)).Select(one => one.AbsoluteUri)));

    [Theory]
    [InlineData("""{"endpoint":"http://events.example:9080","account_name":"a","api_key":"k"}""", "API key can be read")]
    [InlineData("""{"endpoint":"https://events.example:9080","account_name":"a","api_key":"k"}""", null)]
    [InlineData("""{"endpoint":"http://127.0.0.1:9080","account_name":"a","api_key":"k"}""", null)]
    [InlineData("""{"send":["metrics"],"machine_agent":{"endpoint":"http://agent.example:8293"}}""", "another machine's")]
    [InlineData("""{"send":["metrics"]}""", null)]
    public async Task What_others_could_read_or_reach_is_warned_of(string settings, string? warning)
    {
        await using IConnector connector = new AppDynamicsFactory().Create(Encoding.UTF8.GetBytes(settings), _context);

        if (warning is null)
            Assert.Empty(_context.Warnings);
        else
            Assert.Contains(warning, Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private SettingsException Refuse(string settings) =>
        Assert.Throws<SettingsException>(() => new AppDynamicsFactory().Create(Encoding.UTF8.GetBytes(settings), _context));
}
