using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Finds filters that together let nothing through.</summary>
internal static class Reachability
{
    private const string PerformanceMeasurement = "PerformanceMeasurement";

    /// <summary>Why no event can pass; <see langword="null"/> where one can.</summary>
    public static string? Contradiction(IReadOnlyList<FilterOptions> filters)
    {
        List<IReadOnlyList<string>> types = [.. filters.OfType<FilterOptions.EventTypes>().Select(filter => filter.Allowed)];
        if (Intersect(types) is { } common)
        {
            if (common.Count == 0)
                return "its event types and the global ones have none in common; inherit_filters: false leaves the global filters out";
            if (common.All(type => type == PerformanceMeasurement) && filters.OfType<FilterOptions.ExcludePerformanceMetrics>().Any())
                return $"it asks for {PerformanceMeasurement} alone and excludes performance measurements";
        }

        List<IReadOnlyList<string>> classifications = [.. filters.OfType<FilterOptions.Classifications>().Select(filter => filter.Allowed)];
        return Intersect(classifications) is { Count: 0 } ? "its classification filters have no classification in common" : null;
    }

    /// <summary>What all lists have in common; <see langword="null"/> without any list.</summary>
    private static HashSet<string>? Intersect(List<IReadOnlyList<string>> lists)
    {
        if (lists.Count == 0)
            return null;
        HashSet<string> common = new(lists[0], StringComparer.Ordinal);
        lists.ForEach(list => common.IntersectWith(list));
        return common;
    }
}
