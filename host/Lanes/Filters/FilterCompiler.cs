using AuditHost.Configuration.Options;

namespace AuditHost.Lanes.Filters;

/// <summary>Turns the filters of a site file into code.</summary>
internal static class FilterCompiler
{
    public static IEventFilter Compile(FilterOptions options) => options switch
    {
        FilterOptions.SeverityThreshold threshold => new SeverityFilter(threshold.Minimum),
        FilterOptions.EventTypes types => new EventTypeFilter(types.Allowed),
        FilterOptions.ComplianceRequired => new ComplianceFilter(),
        FilterOptions.ExcludePerformanceMetrics => new PerformanceMetricFilter(),
        FilterOptions.Classifications classifications => new ClassificationFilter(classifications.Allowed),
        FilterOptions.Field field => Compile(field.Predicate),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options, "There is no code for this filter."),
    };

    private static IEventFilter Compile(FieldPredicate predicate) => predicate switch
    {
        FieldPredicate.All all => new AllFilter(Compile(all.Conditions)),
        FieldPredicate.Any any => new AnyFilter(Compile(any.Conditions)),
        FieldPredicate.Not not => new NotFilter(Compile(not.Condition)),
        FieldPredicate.EqualTo equal => new FieldTextFilter(equal.Path, [equal.Value]),
        FieldPredicate.In oneOf => new FieldTextFilter(oneOf.Path, oneOf.Values),
        FieldPredicate.Matches matches => new FieldPatternFilter(matches.Path, matches.Pattern),
        FieldPredicate.Exists exists => new FieldExistsFilter(exists.Path, exists.Expected),
        FieldPredicate.Compare compare => new FieldNumberFilter(compare.Path, compare.Comparison, compare.Operand),
        _ => throw new ArgumentOutOfRangeException(nameof(predicate), predicate, "There is no code for this condition."),
    };

    private static IEventFilter[] Compile(IReadOnlyList<FieldPredicate> conditions) => [.. conditions.Select(Compile)];
}
