using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>event_filters</c>.</summary>
internal static class FilterBinder
{
    public static IReadOnlyList<FilterOptions> Bind(Section section, VariantKey key) =>
        [.. section.GetVariants(key).Select(item => Bind(item.Variant, item.Section)).OfType<FilterOptions>()];

    /// <summary>The filter; <see langword="null"/> where it is switched off or could not be read.</summary>
    private static FilterOptions? Bind(Variant variant, Section section)
    {
        if (variant == FilterKeys.SeverityThreshold)
            return section.TryGet(FilterKeys.MinimumSeverity, out Sdk.Severity minimum) ? new FilterOptions.SeverityThreshold(minimum) : null;
        if (variant == FilterKeys.EventTypes)
            return section.GetList(FilterKeys.AllowedTypes) is { } types ? new FilterOptions.EventTypes(types) : null;
        if (variant == FilterKeys.ComplianceRequired)
            return section.Get(FilterKeys.RequireProfiles, true) ? new FilterOptions.ComplianceRequired() : null;
        if (variant == FilterKeys.ExcludePerformanceMetrics)
            return section.Get(FilterKeys.Exclude, true) ? new FilterOptions.ExcludePerformanceMetrics() : null;
        if (variant == FilterKeys.Classifications)
            return section.GetList(FilterKeys.AllowedClassifications) is { } classifications ? new FilterOptions.Classifications(classifications) : null;
        return PredicateBinder.Bind(section) is { } predicate ? new FilterOptions.Field(predicate) : null;
    }
}
