using System.ComponentModel;
using System.Text.Json.Serialization;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>The keys that both connectors have.</summary>
public abstract class ElasticSettings
{
    /// <summary>Listed before the keys of the connector itself.</summary>
    private const int First = -1;

    [Description("Where Elasticsearch listens, for instance https://es.example:9200, with a path where a proxy wants one. Several nodes as a list.")]
    [JsonPropertyOrder(First)]
    public required EndpointList Endpoint { get; set; }

    [Description("The API key: the value `encoded` of the answer that created it, or id:api_key.")]
    [PasswordPropertyText(true)]
    [JsonPropertyOrder(First)]
    public string? ApiKey { get; set; }

    [Description("The user name, where there is no API key. Without either, authentication holds.")]
    [JsonPropertyOrder(First)]
    public string? Username { get; set; }

    [Description("The user's password.")]
    [PasswordPropertyText(true)]
    [JsonPropertyOrder(First)]
    public string? Password { get; set; }

    [Description("The ingest pipeline that the documents go through. Without it, the one that the index names.")]
    public string? Pipeline { get; set; }

    [Description("Where a document's _id comes from: key, which is the event's place in this host's journal, or event_id, which also finds the same event when another host sends it, and loses one of two events that carry the same id.")]
    [DefaultValue("key")]
    public DocumentId DocumentId { get; set; }

    [Description("Whether a document without @timestamp gets it, from the event's time. For formats that have none, such as json. elastic_security always does so, since a data stream takes no document without it.")]
    [DefaultValue(false)]
    public bool AddTimestamp { get; set; }

    [Description("Whether requests go to /_bulk and each document names its index, for receivers that know no other path and servers that refuse none.")]
    [DefaultValue(false)]
    public bool BareBulk { get; set; }

    [Description("Whether the server may quote a document that it cannot parse in its error. false keeps events out of errors; Elasticsearch knows it from 8.18 on. Left out, the server decides.")]
    public bool? IncludeSourceOnError { get; set; }

    [Description("How the body is compressed.")]
    [DefaultValue("gzip")]
    public HttpCompression Compression { get; set; } = HttpCompression.Gzip;

    [Description("Which of several endpoints gets the next batch.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }
}
