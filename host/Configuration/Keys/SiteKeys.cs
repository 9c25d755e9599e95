namespace AuditHost.Configuration.Keys;

/// <summary>The root of a site file and the headings below <c>enterprise_integration</c>.</summary>
internal static class SiteKeys
{
    public static readonly MappingKey Global = new("global", GlobalKeys.Set, "Defaults for every destination.");
    public static readonly MappingKey Performance = new(
        "performance", PerformanceKeys.Set, "Connections, retry and breaker for every destination.");
    public static readonly MappingKey Security = new("security", SecurityKeys.Set, "TLS and authentication for the destinations that use them.");

    public static readonly SectionKey[] Sections =
    [
        new("siem", "SIEM systems."),
        new("monitoring", "Monitoring platforms."),
        new("log_aggregation", "Log stores and archives."),
        new("streaming", "Event streams."),
        new("alerting", "Alerting.") { IsForPeople = true },
        new("webhooks", "Webhooks of any kind.") { DefaultType = "webhook" },
    ];

    public static readonly KeySet IntegrationSet = new([Global, .. Sections, Performance, Security]);

    public static readonly MappingKey Integration = new("enterprise_integration", IntegrationSet, "Where events go.") { Required = true };
    public static readonly MappingKey Host = new("host", HostKeys.Set, "This machine: where data lies and where events come from.");

    public static readonly KeySet Set = new(Integration, Host);
}
