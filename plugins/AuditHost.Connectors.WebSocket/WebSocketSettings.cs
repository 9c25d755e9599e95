using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.WebSocket;

/// <summary>The keys of a WebSocket destination in a site file.</summary>
public sealed class WebSocketSettings
{
    [Description("The server, for instance wss://collector.example/audit; ws for a connection without TLS. Several as a list; the first that works gets the events.")]
    public required EndpointList Endpoint { get; set; }

    [Description("The subprotocol to ask for. The server has to agree to it.")]
    public string? Subprotocol { get; set; }

    [Description("How often a ping asks whether the server is still there, in seconds. 0: never.")]
    [DefaultValue(30.0)]
    public double PingIntervalSeconds { get; set; } = 30;

    [Description("How long the answer to a ping may take, in seconds. Past it the connection is opened anew.")]
    [DefaultValue(20.0)]
    public double PingTimeoutSeconds { get; set; } = 20;

    [Description("event: one message per event. batch: one message per batch.")]
    [DefaultValue("event")]
    public MessageUnit Message { get; set; }

    [Description("The type of the messages, text or binary.")]
    [DefaultValue("text")]
    public MessageType MessageType { get; set; }

    [Description("Whether a message is {\"id\":…,\"event\":…}, or {\"id\":…,\"events\":[{\"id\":…,\"event\":…},…]} for a batch. Without it a message is what the format makes, and nothing else.")]
    [DefaultValue(true)]
    public bool Envelope { get; set; } = true;

    [Description("Where in the event its id stands, by which the server acknowledges it; a dotted path. Without it: the id that the host gives each event, the same on every attempt; with envelope: false, event_id.")]
    public string? IdPath { get; set; }

    [Description("What counts as delivered. per_event: what the server acknowledges by its id. per_batch: a message with a batch that it acknowledges by its id. none: what was written to the connection, which the server need not have read.")]
    [DefaultValue("per_event")]
    public Acknowledgement Acknowledgement { get; set; }

    [Description("Where in an answer the acknowledged ids stand, one or a list of them; a dotted path.")]
    [DefaultValue("ack")]
    public string AcknowledgementField { get; set; } = "ack";

    [Description("Where in an answer the refused ids stand, one or a list of them; a dotted path.")]
    [DefaultValue("nack")]
    public string RefusalField { get; set; } = "nack";

    [Description("Where in an answer the reason of a refusal stands; a dotted path. An answer that has one is a refusal, also of the ids in acknowledgement_field.")]
    [DefaultValue("error")]
    public string ReasonField { get; set; } = "error";

    [Description("Where in a refusal stands whether the event may come again; a dotted path. true: it is sent again. Anything else: it becomes a dead letter.")]
    [DefaultValue("retry")]
    public string RetryField { get; set; } = "retry";

    [Description("How many events may wait for their acknowledgement at a time, with one message per event.")]
    [DefaultValue(256)]
    public int MaxUnacknowledged { get; set; } = 256;

    [Description("The longest message that is taken from the server, in bytes.")]
    [DefaultValue(65536)]
    public int MaxAnswerBytes { get; set; } = 64 << 10;
}
