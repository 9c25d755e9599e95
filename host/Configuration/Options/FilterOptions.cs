using AuditHost.Sdk;

namespace AuditHost.Configuration.Options;

/// <summary>One filter of a site file. An event goes to a destination when all of its filters pass.</summary>
internal abstract record FilterOptions
{
    /// <summary><c>severity_threshold</c>, and <c>alert_threshold</c> of a destination.</summary>
    internal sealed record SeverityThreshold(Severity Minimum) : FilterOptions;

    /// <summary><c>event_type_filter</c>, and <c>event_types</c> of a destination.</summary>
    internal sealed record EventTypes(IReadOnlyList<string> Allowed) : FilterOptions;

    /// <summary><c>compliance_required</c>: the event names at least one compliance profile.</summary>
    internal sealed record ComplianceRequired : FilterOptions;

    /// <summary><c>exclude_performance_metrics</c>: no <c>PerformanceMeasurement</c>.</summary>
    internal sealed record ExcludePerformanceMetrics : FilterOptions;

    /// <summary><c>data_classification_filter</c>.</summary>
    internal sealed record Classifications(IReadOnlyList<string> Allowed) : FilterOptions;

    /// <summary><c>field</c>: a predicate on any dotted path.</summary>
    internal sealed record Field(FieldPredicate Predicate) : FilterOptions;
}
