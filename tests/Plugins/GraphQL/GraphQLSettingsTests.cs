using System.Text;
using AuditHost.Connectors.GraphQL;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.GraphQL;

public sealed class GraphQLSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("endpoint", "", "")]
    [InlineData("endpoint", "wss://api.example/graphql", "")]
    [InlineData("endpoint", "https://api.example/graphql", ""","transport":"websocket" """)]
    [InlineData("query", "https://api.example/graphql", ""","query":"query Q($event: JSON!) { a(event: $event) }" """)]
    [InlineData("operation_name", "https://api.example/graphql", ""","operation_name":"Other" """)]
    [InlineData("variable", "https://api.example/graphql", ""","variable":"input" """)]
    [InlineData("variable", "https://api.example/graphql", ""","variable":"$event" """)]
    [InlineData("variable", "https://api.example/graphql", ""","query":"mutation M { a }" """)]
    [InlineData("variable", "https://api.example/graphql", ""","batch":true,"query":"mutation M($event: JSON!) { a(event: $event) }" """)]
    [InlineData("key_variable", "https://api.example/graphql", ""","key_variable":"key" """)]
    [InlineData("variables.more", "https://api.example/graphql", ""","variables":{"more":1}""")]
    [InlineData("variables", "https://api.example/graphql", ""","variables":{"event":1}""")]
    [InlineData("variables", "https://api.example/graphql", ""","query":"mutation M($event: JSON!, $tenant: ID!) { a(event: $event, tenant: $tenant) }" """)]
    [InlineData("success_field", "https://api.example/graphql", ""","success_field":"a..b" """)]
    [InlineData("error_codes.X", "https://api.example/graphql", ""","error_codes":{"X":"odd"}""")]
    [InlineData("connection_init", "https://api.example/graphql", ""","connection_init":{"a":"b"}""")]
    [InlineData("connection_init", "wss://api.example/graphql", ""","transport":"websocket","connection_init":{"a\"":"b"}""")]
    [InlineData("compression", "wss://api.example/graphql", ""","transport":"websocket","compression":"gzip" """)]
    [InlineData("balancing", "wss://api.example/graphql", ""","transport":"websocket","balancing":"round_robin" """)]
    [InlineData("max_unanswered", "wss://api.example/graphql", ""","transport":"websocket","max_unanswered":0""")]
    [InlineData("ping_interval_seconds", "wss://api.example/graphql", ""","transport":"websocket","ping_interval_seconds":-1""")]
    [InlineData("ping_timeout_seconds", "wss://api.example/graphql", ""","transport":"websocket","ping_timeout_seconds":0""")]
    public void Settings_that_cannot_work_are_named(string setting, string endpoint, string further) =>
        Assert.Equal(setting, Assert.Throws<SettingsException>(() => GraphQLTest.Create(_context, endpoint, further)).Setting);

    [Theory]
    [InlineData("mutation M($event: JSON!, $tenant: ID) { a(event: $event, tenant: $tenant) }")]
    [InlineData("mutation M($event: JSON!, $tenant: ID! = \\\"x\\\") { a(event: $event, tenant: $tenant) }")]
    [InlineData("mutation M(\\n  $event : [JSON!]!\\n  $tags: [String!]\\n) { a(event: $event) }")]
    [InlineData("mutation($event:JSON!@x){a(event:$event)}")]
    public void Mutation_may_leave_to_the_server_what_it_does_not_need(string query)
    {
        IConnector connector = GraphQLTest.Create(_context, "https://api.example/graphql", $$""","query":"{{query}}" """);

        Assert.NotNull(connector);
    }

    [Theory]
    [InlineData("""{"endpoint":"https://api.example/graphql?key=s"}""", "https://api.example/graphql")]
    [InlineData("""{"endpoint":"wss://api.example/graphql?key=s","transport":"websocket"}""", "wss://api.example/graphql")]
    public void Shown_endpoints_have_no_query(string settings, string shown) =>
        Assert.Equal([new Uri(shown)], new GraphQLFactory().Endpoints(Encoding.UTF8.GetBytes(settings)));

    [Fact]
    public void Values_of_connection_init_are_secrets()
    {
        string schema = Encoding.UTF8.GetString(new GraphQLFactory().SettingsSchema.Span);

        Assert.Contains(""""additionalProperties":{"type":"string","writeOnly":true}"""", schema, StringComparison.Ordinal);
    }
}
