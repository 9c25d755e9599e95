using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

/// <summary>The plugins that the given site file needs, and a few for the corners.</summary>
internal static class FakePlugins
{
    public static FakeConnectorFactory Splunk() => new("splunk", """
        {"type":"object","required":["hec_endpoint","hec_token"],"additionalProperties":false,"properties":{
          "hec_endpoint":{"type":"string","description":"Where HEC listens."},
          "hec_token":{"type":"string","writeOnly":true},
          "index":{"type":["string","null"]},
          "sourcetype":{"type":"string"},
          "port":{"type":"integer","minimum":1,"maximum":65535},
          "ratio":{"type":"number"},
          "raw":{"type":"boolean"},
          "mode":{"enum":["fast","safe"]},
          "level":{"type":["string","integer"],"enum":["notice","warning",0,7],"minimum":0,"maximum":7},
          "tags":{"type":"array","items":{"type":"string"}},
          "labels":{"type":"object","additionalProperties":{"type":"string"}},
          "nested":{"type":"object","required":["inner"],"properties":{"inner":{"type":"integer"}}}}}
        """) { EndpointKey = "hec_endpoint" };

    public static FakeConnectorFactory Webhook() => Of("webhook", """ "endpoint":{"type":"string"} """, "endpoint");

    public static FakeCatalogue Catalogue(params PluginFactory[] more) =>
        new([.. more, .. Standard().Where(factory => !more.Any(other => other.GetType() == factory.GetType() && other.Type == factory.Type))]);

    public static FakeConnectorFactory Of(string type, string properties, string? endpointKey = null) =>
        new(type, $$"""{"type":"object","properties":{ {{properties}} } }""") { EndpointKey = endpointKey };

    private static IEnumerable<PluginFactory> Standard() =>
    [
        Splunk(),
        Webhook(),
        Of("generic_cef", """
            "output_type":{"enum":["syslog","file","tcp","udp"]},"syslog_server":{"type":"string"},"facility":{"type":"string"},"path":{"type":"string"}
            """),
        Of("prometheus", """
            "http_endpoint":{"type":"object","properties":{"enabled":{"type":"boolean"},"port":{"type":"integer"},"path":{"type":"string"}}},
            "push_gateway":{"type":"object","properties":{"enabled":{"type":"boolean"},"endpoint":{"type":"string"},"job_name":{"type":"string"}}}
            """),
        Of("elasticsearch", """
            "endpoint":{"type":"string"},"api_key":{"type":"string","writeOnly":true},"index_prefix":{"type":"string"},"index_rotation":{"enum":["daily","weekly","monthly","none"]},
            "index_template":{"type":"object","properties":{"shards":{"type":"integer"},"replicas":{"type":"integer"},"refresh_interval":{"type":"string"}}}
            """, "endpoint"),
        Of("slack", """ "webhook_url":{"type":"string","writeOnly":true},"channel":{"type":"string"} """, "webhook_url"),
        new FakeConnectorFactory(
            new ConnectorInfo("buffered", "Sends to a buffer.")
            {
                BatchingAliases = new Dictionary<string, string> { ["buffer_size"] = "batch_size", ["flush_interval_ms"] = "batch_timeout_seconds" },
            },
            """{"type":"object","properties":{"api_key":{"type":"string","writeOnly":true}}}"""),
        new FakeFormatterFactory("json"),
        new FakeFormatterFactory("cef", """{"type":"object","properties":{"vendor":{"type":"string"}}}"""),
    ];
}
