using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.AppDynamics;

/// <summary>The keys of an AppDynamics destination in a site file.</summary>
public sealed class AppDynamicsSettings
{
    [Description("What is sent: events to the Events Service, metrics to a machine agent, or both. Events alone where left out.")]
    public IReadOnlyList<Sending> Send { get; set; } = [Sending.Events];

    [Description("The Events Service, which is not the Controller: https://analytics.api.appdynamics.com, that of another region such as https://fra-ana-api.saas.appdynamics.com, or your own such as https://host:9080. Several as a list. Needed for events.")]
    public EndpointList? Endpoint { get; set; }

    [Description("Which of several endpoints gets the next batch.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("The global account name, as the Controller's licence page shows it; it has an id behind the account's own name. Needed for events.")]
    public string? AccountName { get; set; }

    [Description("An API key of Analytics that may publish custom events, and manage their schema unless create_schema is off. Needed for events.")]
    [PasswordPropertyText(true)]
    public string? ApiKey { get; set; }

    [Description("The schema that the events are published under. Letters, digits and '_', beginning with a letter.")]
    [DefaultValue("audit_events")]
    public string Schema { get; set; } = "audit_events";

    [Description("Whether a missing schema is created and missing columns are added. Off, the schema is never changed, and asked for only when events are refused: for keys that may only publish.")]
    [DefaultValue(true)]
    public bool CreateSchema { get; set; } = true;

    [Description("Further columns of the schema, by name.")]
    public IReadOnlyDictionary<string, ColumnSettings> Columns { get; set; } = new Dictionary<string, ColumnSettings>();

    [Description("The column that holds the formatted event as text. Empty leaves it out.")]
    [DefaultValue("event_body")]
    public string EventColumn { get; set; } = "event_body";

    [Description("Whether the event's own time is eventTimestamp, which AppDynamics searches by. Off, that is the time of receipt there; the column event_time has the event's own time in any case.")]
    [DefaultValue(true)]
    public bool EventTimestamp { get; set; } = true;

    [Description("The most bytes of a value of type string; a longer one is cut, and the column is_truncated says so.")]
    [DefaultValue(32_000)]
    public int MaxFieldBytes { get; set; } = 32_000;

    [Description("The most bytes of a request to the Events Service.")]
    [DefaultValue(1_000_000)]
    public int MaxRequestBytes { get; set; } = 1_000_000;

    [Description("The machine agent that gets the metrics.")]
    public MachineAgentSettings MachineAgent { get; set; } = new();
}
