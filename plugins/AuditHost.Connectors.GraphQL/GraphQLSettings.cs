using System.ComponentModel;
using System.Text.Json;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.GraphQL;

/// <summary>The keys of a GraphQL destination in a site file.</summary>
public sealed class GraphQLSettings
{
    [Description("The GraphQL endpoint, for instance https://api.example/graphql; with transport: websocket, wss://api.example/graphql. Several as a list.")]
    public required EndpointList Endpoint { get; set; }

    [Description("http: one request per mutation. websocket: all mutations over one connection, by the subprotocol graphql-transport-ws.")]
    [DefaultValue("http")]
    public GraphQLTransport Transport { get; set; }

    [Description("The mutation. Without it: mutation IngestAuditEvent($event: JSON!) { ingestAuditEvent(event: $event) { id } }; with batch: true, mutation IngestAuditEvents($events: [JSON!]!) { ingestAuditEvents(events: $events) { id } }.")]
    public string? Query { get; set; }

    [Description("Which operation of query is run, where it has several.")]
    public string? OperationName { get; set; }

    [Description("false: one event per mutation. true: one mutation per batch, whose variable is a list of events.")]
    [DefaultValue(false)]
    public bool Batch { get; set; }

    [Description("The variable that the event goes to, or the list of events. Without it: event; with batch: true, events.")]
    public string? Variable { get; set; }

    [Description("A variable for the key of the event, or the list of keys: the same on every attempt, for a server that deduplicates by it. Without it, the key is not sent.")]
    public string? KeyVariable { get; set; }

    [Description("Further variables, name to value, the same for every mutation.")]
    public IReadOnlyDictionary<string, JsonElement> Variables { get; set; } = new Dictionary<string, JsonElement>();

    [Description("What below data must be there, and neither null nor false, for an event to count as delivered; a dotted path, for instance ingestAuditEvent.id. Where it leads through a list and batch is true, each element is of one event. Without it: every field of data.")]
    public string? SuccessField { get; set; }

    [Description("What codes in errors[].extensions.code mean, besides the usual ones: code to delivered, transient, throttled, rejected, too_large or misconfigured. The code * stands for all that are not known, and for none.")]
    public IReadOnlyDictionary<string, ErrorMeaning> ErrorCodes { get; set; } = new Dictionary<string, ErrorMeaning>();

    [Description("How the body of a request is compressed, with transport: http.")]
    [DefaultValue("none")]
    public HttpCompression Compression { get; set; }

    [Description("Which of several endpoints gets the next request, with transport: http.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("What connection_init carries, name to text, with transport: websocket: for servers that want their credentials there and not in a header.")]
    [PasswordPropertyText(true)]
    public IReadOnlyDictionary<string, string> ConnectionInit { get; set; } = new Dictionary<string, string>();

    [Description("How many mutations may wait for their result at a time on a connection, with transport: websocket.")]
    [DefaultValue(64)]
    public int MaxUnanswered { get; set; } = 64;

    [Description("How often a ping asks whether the server is still there, in seconds, with transport: websocket. 0: never.")]
    [DefaultValue(30.0)]
    public double PingIntervalSeconds { get; set; } = 30;

    [Description("How long the answer to a ping may take, in seconds, with transport: websocket. Past it the connection is opened anew.")]
    [DefaultValue(20.0)]
    public double PingTimeoutSeconds { get; set; } = 20;
}
