using System.ComponentModel;

namespace AuditHost.Connectors.Prometheus;

/// <summary>The keys under <c>http_endpoint</c>.</summary>
public sealed class HttpEndpointSettings
{
    [Description("Whether the metrics are served.")]
    [DefaultValue(true)]
    public bool Enabled { get; set; } = true;

    [Description("The address listened on: one of this machine, or 0.0.0.0 for all of them. Other than loopback, give it a bearer_token.")]
    [DefaultValue("127.0.0.1")]
    public string Address { get; set; } = "127.0.0.1";

    [Description("The port; 0 for any free one.")]
    [DefaultValue(8080)]
    public int Port { get; set; } = 8080;

    [Description("The path of the metrics.")]
    [DefaultValue("/metrics")]
    public string Path { get; set; } = "/metrics";

    [Description("What a scraper must send as bearer token. Without it, everybody who reaches the address may read.")]
    [PasswordPropertyText(true)]
    public string? BearerToken { get; set; }
}
