using System.Text;
using AuditHost.Connectors.Elasticsearch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Elasticsearch;

public sealed class ElasticSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("""{"endpoint":"es:9200"}""", "endpoint")]
    [InlineData("""{"endpoint":[]}""", "endpoint")]
    [InlineData("""{"endpoint":"https://es/?pipeline=x"}""", "endpoint")]
    [InlineData("""{"endpoint":["https://a","https://a/_bulk"]}""", "endpoint")]
    [InlineData("""{"endpoint":"https://es","api_key":""}""", "api_key")]
    [InlineData("""{"endpoint":"https://es","api_key":"a\nb"}""", "api_key")]
    [InlineData("""{"endpoint":"https://es","api_key":"a","username":"u"}""", "username")]
    [InlineData("""{"endpoint":"https://es","username":"u:v","password":"p"}""", "username")]
    [InlineData("""{"endpoint":"https://es","password":"p"}""", "username")]
    [InlineData("""{"endpoint":"https://es","username":"u"}""", "password")]
    [InlineData("""{"endpoint":"https://es","username":"u","password":""}""", "password")]
    [InlineData("""{"endpoint":"https://es","pipeline":" "}""", "pipeline")]
    public void What_cannot_work_with_either_is_refused_by_name(string settings, string setting)
    {
        AssertRefused(new ElasticsearchFactory(), settings, setting);
        AssertRefused(new ElasticSecurityFactory(), settings, setting);
    }

    [Theory]
    [InlineData(""" "index_prefix":"" """, "index_prefix")]
    [InlineData(""" "index_prefix":"Audit" """, "index_prefix")]
    [InlineData(""" "index_prefix":"a b" """, "index_prefix")]
    [InlineData(""" "index_prefix":"a/b" """, "index_prefix")]
    [InlineData(""" "index_prefix":"audit-*" """, "index_prefix")]
    [InlineData(""" "index_prefix":"_audit" """, "index_prefix")]
    [InlineData(""" "index_prefix":"-audit" """, "index_prefix")]
    [InlineData(""" "index_prefix":"prüfung" """, "index_prefix")]
    [InlineData(""" "index_template":{"shards":0} """, "index_template.shards")]
    [InlineData(""" "index_template":{"replicas":-1} """, "index_template.replicas")]
    [InlineData(""" "index_template":{"priority":-1} """, "index_template.priority")]
    [InlineData(""" "index_template":{"refresh_interval":"often"} """, "index_template.refresh_interval")]
    [InlineData(""" "index_template":{"refresh_interval":"30"} """, "index_template.refresh_interval")]
    [InlineData(""" "index_template":{"name":"a b"} """, "index_template.name")]
    [InlineData(""" "search_fields":{"id":""} """, "search_fields.id")]
    [InlineData(""" "search_fields":{"user":"a b"} """, "search_fields.user")]
    [InlineData(""" "search_fields":{"type":".a"} """, "search_fields.type")]
    public void What_cannot_work_with_dated_indices_is_refused_by_name(string setting, string expected) =>
        AssertRefused(new ElasticsearchFactory(), $$"""{"endpoint":"https://es",{{setting}}}""", expected);

    [Theory]
    [InlineData(""" "index_pattern":"" """, "index_pattern")]
    [InlineData(""" "index_pattern":"*" """, "index_pattern")]
    [InlineData(""" "index_pattern":"-*" """, "index_pattern")]
    [InlineData(""" "index_pattern":"a*b" """, "index_pattern")]
    [InlineData(""" "index_pattern":"a-**" """, "index_pattern")]
    [InlineData(""" "index_pattern":"a,b" """, "index_pattern")]
    [InlineData(""" "index_pattern":"Audit-*" """, "index_pattern")]
    [InlineData(""" "data_stream":"logs-*" """, "data_stream")]
    [InlineData(""" "index_template":{"retention":"long"} """, "index_template.retention")]
    [InlineData(""" "index_template":{"retention":"99999999999999d"} """, "index_template.retention")]
    public void What_cannot_work_with_a_data_stream_is_refused_by_name(string setting, string expected) =>
        AssertRefused(new ElasticSecurityFactory(), $$"""{"endpoint":"https://es",{{setting}}}""", expected);

    [Theory]
    [InlineData(244, true)]
    [InlineData(245, false)]
    public void A_prefix_leaves_room_for_the_longest_date(int length, bool fits)
    {
        string settings = $$"""{"endpoint":"https://es","index_prefix":"{{new string('a', length)}}"}""";
        if (fits)
            Assert.NotNull(new ElasticsearchFactory().Create(Encoding.UTF8.GetBytes(settings), _context));
        else
            AssertRefused(new ElasticsearchFactory(), settings, "index_prefix");
    }

    [Fact]
    public void The_keys_of_the_given_configuration_load_as_they_stand()
    {
        Assert.NotNull(new ElasticsearchFactory().Create(
            """{"endpoint":"https://es","api_key":"k","index_prefix":"copybook-audit","index_rotation":"daily","index_template":{"shards":1,"replicas":1,"refresh_interval":"30s"}}"""u8.ToArray(), _context));
        Assert.NotNull(new ElasticSecurityFactory().Create("""{"endpoint":"https://es","api_key":"k","index_pattern":"copybook-audit-*"}"""u8.ToArray(), _context));
    }

    [Fact]
    public void Endpoints_are_shown_as_they_are_used()
    {
        IReadOnlyList<Uri> endpoints = new ElasticsearchFactory().Endpoints("""{"endpoint":["https://a:9200","https://b/proxy/_bulk"],"api_key":"k"}"""u8.ToArray());

        Assert.Equal(["https://a:9200/", "https://b/proxy"], endpoints.Select(endpoint => endpoint.AbsoluteUri));
    }

    public void Dispose() => _context.Dispose();

    private void AssertRefused(ConnectorFactory factory, string settings, string setting) =>
        Assert.Equal(setting, Assert.Throws<SettingsException>(() => factory.Create(Encoding.UTF8.GetBytes(settings), _context)).Setting);
}
