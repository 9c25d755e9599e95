using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Webhook;

/// <summary>The keys of a webhook in a site file. Settable, because generated JSON code overwrites the defaults of <c>init</c> properties.</summary>
public sealed class WebhookSettings
{
    [Description("Where to send, an absolute http or https address. Several as a list.")]
    public required EndpointList Endpoint { get; set; }

    [Description("Which of several endpoints gets the next request.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("The request's method.")]
    [AllowedValues("POST", "PUT", "PATCH")]
    [DefaultValue("POST")]
    public string Method { get; set; } = "POST";

    [Description("Further headers, name to value. Credentials belong under authentication.")]
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    [Description("batch: one request per batch. single: one request per event, one after the other.")]
    [DefaultValue("batch")]
    public WebhookMode Mode { get; set; }

    [Description("How the body is compressed.")]
    [DefaultValue("none")]
    public HttpCompression Compression { get; set; }

    [Description("The header that carries the delivery's key, the same on every attempt. Empty: no such header.")]
    [DefaultValue("Idempotency-Key")]
    public string IdempotencyHeader { get; set; } = "Idempotency-Key";

    [Description("The header of the answer that names the delivery, kept in the receipt.")]
    public string? AcknowledgementHeader { get; set; }

    [Description("The status codes that mean delivered. Without it, every 2xx does.")]
    public IReadOnlyList<int> SuccessStatus { get; set; } = [];
}
