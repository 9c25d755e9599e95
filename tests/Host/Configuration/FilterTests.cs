using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

public sealed class FilterTests
{
    [Fact]
    public async Task Each_type_of_filter_becomes_its_options()
    {
        IReadOnlyList<FilterOptions> filters = await LoadAsync("""
            - { type: severity_threshold, minimum_severity: critical }
            - { type: event_type_filter, allowed_types: [A, B] }
            - { type: compliance_required, require_compliance_profiles: true }
            - { type: compliance_required, require_compliance_profiles: false }
            - { type: exclude_performance_metrics, exclude: true }
            - { type: exclude_performance_metrics, exclude: false }
            - { type: data_classification_filter, allowed_classifications: [PHI] }
            - { type: field, path: payload.data.access_result, equals: Denied }
            """);

        Assert.Collection(
            filters,
            filter => Assert.Equal(new FilterOptions.SeverityThreshold(Severity.Critical), filter),
            filter => Assert.Equal(["A", "B"], Assert.IsType<FilterOptions.EventTypes>(filter).Allowed),
            filter => Assert.IsType<FilterOptions.ComplianceRequired>(filter),
            filter => Assert.IsType<FilterOptions.ExcludePerformanceMetrics>(filter),
            filter => Assert.Equal(["PHI"], Assert.IsType<FilterOptions.Classifications>(filter).Allowed),
            filter => Assert.Equal(new FilterOptions.Field(new FieldPredicate.EqualTo("payload.data.access_result", "Denied")), filter));
    }

    [Theory]
    [InlineData("path: a, equals: 5", "a = 5")]
    [InlineData("path: a, in: [x, y]", "a in x|y")]
    [InlineData("path: a, matches: '^x+$'", "a ~ ^x+$")]
    [InlineData("path: a, exists: false", "not there a")]
    [InlineData("path: a, greater_than: 1, less_or_equal: 2.5", "(a LessOrEqual 2.5 and a GreaterThan 1)")]
    [InlineData("any: [{ path: a, equals: x }, { not: { path: b, less_than: 3 } }]", "(a = x or not b LessThan 3)")]
    [InlineData("all: [{ path: a, exists: true }, { path: b, greater_or_equal: 0 }]", "(there a and b GreaterOrEqual 0)")]
    [InlineData("path: a, equals: x, not: { path: b, equals: y }", "(a = x and not b = y)")]
    public async Task Predicate_is_read_as_written(string keys, string expected)
    {
        FilterOptions filter = Assert.Single(await LoadAsync($"- {{ type: field, {keys} }}"));

        Assert.Equal(expected, Show(Assert.IsType<FilterOptions.Field>(filter).Predicate));
    }

    private static string Show(FieldPredicate predicate) => predicate switch
    {
        FieldPredicate.All all => $"({string.Join(" and ", all.Conditions.Select(Show))})",
        FieldPredicate.Any any => $"({string.Join(" or ", any.Conditions.Select(Show))})",
        FieldPredicate.Not not => $"not {Show(not.Condition)}",
        FieldPredicate.EqualTo equal => $"{equal.Path} = {equal.Value}",
        FieldPredicate.In within => $"{within.Path} in {string.Join('|', within.Values)}",
        FieldPredicate.Matches matches => $"{matches.Path} ~ {matches.Pattern}",
        FieldPredicate.Exists exists => $"{(exists.Expected ? "there" : "not there")} {exists.Path}",
        FieldPredicate.Compare compare => FormattableString.Invariant($"{compare.Path} {compare.Comparison} {compare.Operand}"),
        _ => throw new InvalidOperationException(),
    };

    private static async Task<IReadOnlyList<FilterOptions>> LoadAsync(string filters)
    {
        string indented = filters.ReplaceLineEndings("\n        ");
        SiteLoadResult result = await SiteFolder.LoadAsync(
            $"enterprise_integration:\n  webhooks:\n    hook:\n      endpoint: http://hook.example\n      event_filters:\n        {indented}\n");
        Assert.Empty(result.Lines());
        return result.Site!.Destinations[0].Filters;
    }
}
