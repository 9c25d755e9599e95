using AuditHost.Sdk;

namespace AuditHost.Configuration.Keys;

/// <summary><c>event_filters</c>. An event passes when every filter lets it.</summary>
internal static class FilterKeys
{
    public static readonly Kind<Severity> SeverityKind = Kinds.Choice(Enum.GetValues<Severity>().Select(value => (value.ToString(), value)).ToArray());

    public static readonly ScalarKey<Severity> MinimumSeverity = new(
        "minimum_severity", SeverityKind, "The least severity that passes.") { Required = true };
    public static readonly ListKey<string> AllowedTypes = new("allowed_types", Kinds.Text, "The event types that pass.") { Required = true };
    public static readonly ScalarKey<bool> RequireProfiles = new(
        "require_compliance_profiles", Kinds.Boolean, "Whether an event must name a compliance profile.");
    public static readonly ScalarKey<bool> Exclude = new("exclude", Kinds.Boolean, "Whether performance measurements are left out.");
    public static readonly ListKey<string> AllowedClassifications = new(
        "allowed_classifications", Kinds.Text, "The classifications that pass.") { Required = true };

    public static readonly Variant SeverityThreshold = new(
        "severity_threshold", new KeySet(VariantKey.Type, MinimumSeverity), "Events of at least a severity.");
    public static readonly Variant EventTypes = new("event_type_filter", new KeySet(VariantKey.Type, AllowedTypes), "Events of some types.");
    public static readonly Variant ComplianceRequired = new(
        "compliance_required", new KeySet(VariantKey.Type, RequireProfiles), "Events with a compliance profile.");
    public static readonly Variant ExcludePerformanceMetrics = new(
        "exclude_performance_metrics", new KeySet(VariantKey.Type, Exclude), "No performance measurements.");
    public static readonly Variant Classifications = new(
        "data_classification_filter", new KeySet(VariantKey.Type, AllowedClassifications), "Events of some classifications.");
    public static readonly Variant Field = new("field", new KeySet([VariantKey.Type, .. PredicateKeys.All]), "A condition on any field.");

    public static readonly IReadOnlyList<Variant> Variants =
        [SeverityThreshold, EventTypes, ComplianceRequired, ExcludePerformanceMetrics, Classifications, Field];
}
