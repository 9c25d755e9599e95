using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Configuration.Keys;

/// <summary>The host's keys in a destination. Every other key goes to the connector.</summary>
internal static class DestinationKeys
{
    public static readonly ScalarKey<bool> Enabled = new("enabled", Kinds.Boolean, "false switches the destination off; true without the key.");
    public static readonly ScalarKey<string> Type = new(
        "type", Kinds.Text, "The connector; without it the destination's key, under webhooks webhook.");
    public static readonly ReferenceKey Format = new(
        "format", SchemaNames.Format, "The format's name, or a mapping with its type and settings.");
    public static readonly MappingKey Template = new(
        "template", TemplateKeys.Set, "A template's file, or a mapping.") { Shorthand = TemplateKeys.Path };

    public static readonly VariantKey EventFilters = new(
        "event_filters", FilterKeys.Variants, "Filters besides the global ones.") { IsList = true };
    public static readonly ScalarKey<bool> InheritFilters = new("inherit_filters", Kinds.Boolean, "false leaves the global filters out.");
    public static readonly ListKey<string> EventTypes = new("event_types", Kinds.Text, "The event types that pass.");
    public static readonly ScalarKey<Severity> AlertThreshold = new(
        "alert_threshold", FilterKeys.SeverityKind, "The least severity that passes.");

    public static readonly MappingKey Alert = new(
        "alert", AlertKeys.Set, "How events become few messages for people; destinations under alerting have it without the key too.");

    public static readonly ScalarKey<int> BatchSize = new(
        "batch_size", Kinds.Integer(1, 100_000), "The most events in a batch.") { Aliases = ["bulk_size"] };
    public static readonly ScalarKey<TimeSpan> BatchTimeout = new(
        "batch_timeout_seconds", Kinds.Span(0, 86_400), "The longest an event waits for company.") { Aliases = ["bulk_timeout_seconds"] };

    public static readonly MappingKey RetryPolicy = new("retry_policy", RetryKeys.Set, "One round of attempts.");
    public static readonly MappingKey CircuitBreaker = new("circuit_breaker", BreakerKeys.Set, "The circuit breaker.");
    public static readonly MappingKey RateLimiting = new("rate_limiting", RateLimitKeys.Set, "The rate limit.");
    public static readonly MappingKey ConnectionPool = new("connection_pool", ConnectionPoolKeys.Set, "The connections.");
    public static readonly MappingKey Tls = new("tls", TlsKeys.Set, "TLS towards the destination.");
    public static readonly ScalarKey<bool> SslVerify = new("ssl_verify", Kinds.Boolean, "The same as tls.verify_certificates.");
    public static readonly VariantKey Authentication = new("authentication", AuthenticationKeys.Variants, "How requests prove who sends them.");
    public static readonly ScalarKey<Uri> Proxy = new("proxy", Kinds.HttpUri, "An HTTP proxy; the environment's is never used.");

    public static readonly ScalarKey<bool> Ordered = new("ordered", Kinds.Boolean, "Whether batches go out strictly one after the other.");
    public static readonly ScalarKey<int> MaxInFlight = new(
        "max_in_flight", Kinds.Integer(1, 1000), "Batches under way at a time. Without the key what the connector allows, as long as those of all destinations together take no more than 48 MiB; the connector's own limit and the share of max_concurrent_deliveries hold besides.");
    public static readonly ScalarKey<bool> AdaptiveConcurrency = new(
        "adaptive_concurrency", Kinds.Boolean, "Whether fewer batches than max_in_flight go out at a time while the destination throttles or slows down; true without the key.");
    public static readonly ScalarKey<TimeSpan> Timeout = new("timeout_seconds", Kinds.Span(0.1, 3600), "How long one attempt may take.");
    public static readonly ScalarKey<TimeSpan> StalledAfter = new(
        MonitoringKeys.StalledAfter.Name, Kinds.Span(0, 604_800), "The destination's own stalled_after_seconds; 0: it never counts as stalled.");
    public static readonly ScalarKey<TimeSpan> GiveUpAfter = new(
        "give_up_after", Kinds.Duration, "After how long an event becomes a dead letter; without it never.");

    public static readonly ScalarKey<DiskShare> Quota = new(
        "quota", Kinds.Share, "How much of the journal may wait for it; a percentage is one of host.journal.max_bytes. Without it all, or 25% with on_full: drop_oldest.");
    public static readonly ScalarKey<FullPolicy> OnFull = new(
        "on_full",
        Kinds.Choice(("block", FullPolicy.Block), ("drop_oldest", FullPolicy.DropOldest)),
        "When more would wait: block refuses new events for the whole host until it has caught up, drop_oldest gives up its oldest events, with a record.");

    public static readonly MappingKey Isolation = new(
        "isolation", IsolationKeys.Set, "process, or a mapping: where the plugin runs.") { Shorthand = IsolationKeys.Type };

    public static readonly KeySet Set = new(
        Enabled, Type, Isolation, Format, Template, EventFilters, InheritFilters, EventTypes, AlertThreshold, Alert, BatchSize, BatchTimeout,
        RetryPolicy, CircuitBreaker, RateLimiting, ConnectionPool, Tls, SslVerify, Authentication, Proxy, Ordered, MaxInFlight, AdaptiveConcurrency, Timeout, StalledAfter, GiveUpAfter,
        Quota, OnFull,
        new UnbuiltKey("protect", "Protection of fields."));
}
