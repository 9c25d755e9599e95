using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Lanes.Filters;
using AuditHost.Sdk;

namespace AuditHost.Tests.Lanes;

public sealed class FilterTests
{
    private static readonly ParsedEvent Denied = Events.Parse("""
        {"event_id":"1","event_type":"AccessEvent","severity":"Medium",
         "context":{"security":{"classification":"PHI"},"compliance_profiles":["HIPAA"]},
         "payload":{"type":"AccessEvent","data":{"access_result":"Denied","user_id":"jm\u00fcller","attempts":7,
                    "resources":["dataset:A","dataset:B"],"session_id":null}}}
        """);

    private static readonly ParsedEvent Measurement = Events.Parse(
        """{"event_id":"2","event_type":"PerformanceMeasurement","severity":"Info","context":{"compliance_profiles":[]}}""");

    public static TheoryData<string, bool, bool> Cases => new()
    {
        { nameof(FilterOptions.SeverityThreshold), true, false },
        { nameof(FilterOptions.EventTypes), true, false },
        { nameof(FilterOptions.ComplianceRequired), true, false },
        { nameof(FilterOptions.ExcludePerformanceMetrics), true, false },
        { nameof(FilterOptions.Classifications), true, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Filters_of_the_integration_design_tell_the_two_events_apart(string kind, bool denied, bool measurement)
    {
        FilterOptions options = kind switch
        {
            nameof(FilterOptions.SeverityThreshold) => new FilterOptions.SeverityThreshold(Severity.Medium),
            nameof(FilterOptions.EventTypes) => new FilterOptions.EventTypes(["SecurityEvent", "AccessEvent"]),
            nameof(FilterOptions.ComplianceRequired) => new FilterOptions.ComplianceRequired(),
            nameof(FilterOptions.ExcludePerformanceMetrics) => new FilterOptions.ExcludePerformanceMetrics(),
            _ => new FilterOptions.Classifications(["PHI"]),
        };

        var filters = new FilterSet([options]);

        Assert.Equal(denied, filters.Passes(Denied));
        Assert.Equal(measurement, filters.Passes(Measurement));
    }

    [Fact]
    public void Predicates_compare_values_numbers_arrays_and_presence()
    {
        Holds(new FieldPredicate.EqualTo("payload.data.access_result", "Denied"));
        Holds(new FieldPredicate.EqualTo("payload.data.user_id", "jmüller"));
        Holds(new FieldPredicate.EqualTo("payload.data.resources", "dataset:B"));
        Holds(new FieldPredicate.In("payload.data.access_result", ["Failed", "Denied"]));
        Holds(new FieldPredicate.Matches("payload.data.resources", "^dataset:[AB]$"));
        Holds(new FieldPredicate.Matches("payload.data.user_id", "ü"));
        Holds(new FieldPredicate.Exists("payload.data.attempts", true));
        Holds(new FieldPredicate.Exists("payload.data.session_id", false));
        Holds(new FieldPredicate.Exists("payload.data.nothing", false));
        Holds(new FieldPredicate.Compare("payload.data.attempts", Comparison.GreaterThan, 6));
        Holds(new FieldPredicate.Compare("payload.data.attempts", Comparison.GreaterOrEqual, 7));
        Holds(new FieldPredicate.Compare("payload.data.attempts", Comparison.LessThan, 7.5));
        Holds(new FieldPredicate.Compare("payload.data.attempts", Comparison.LessOrEqual, 7));

        Fails(new FieldPredicate.EqualTo("payload.data.access_result", "denied"));
        Fails(new FieldPredicate.EqualTo("payload.data.nothing", ""));
        Fails(new FieldPredicate.Matches("payload.data.nothing", ".*"));
        Fails(new FieldPredicate.Compare("payload.data.user_id", Comparison.GreaterThan, 0));
        Fails(new FieldPredicate.Compare("payload.data.attempts", Comparison.GreaterThan, 7));
    }

    [Fact]
    public void Predicates_combine()
    {
        FieldPredicate yes = new FieldPredicate.Exists("payload", true);
        FieldPredicate no = new FieldPredicate.Exists("nothing", true);

        Holds(new FieldPredicate.All([yes, yes]));
        Fails(new FieldPredicate.All([yes, no]));
        Holds(new FieldPredicate.Any([no, yes]));
        Fails(new FieldPredicate.Any([no, no]));
        Holds(new FieldPredicate.Not(no));
        Fails(new FieldPredicate.Not(yes));
    }

    [Fact]
    public void The_objection_names_the_first_filter_that_keeps_an_event_out()
    {
        var filters = new FilterSet([new FilterOptions.ExcludePerformanceMetrics(), new FilterOptions.SeverityThreshold(Severity.Critical)]);

        Assert.Equal("severity is at least Critical", filters.Objection(Denied)?.Description);
        Assert.Equal("the event is no performance measurement", filters.Objection(Measurement)?.Description);
    }

    [Fact]
    public void Filtering_allocates_nothing()
    {
        var filters = new FilterSet(
        [
            new FilterOptions.SeverityThreshold(Severity.Medium),
            new FilterOptions.EventTypes(["AccessEvent"]),
            new FilterOptions.ComplianceRequired(),
            new FilterOptions.Field(new FieldPredicate.All([new FieldPredicate.EqualTo("payload.data.access_result", "Denied")])),
        ]);
        bool passes = filters.Passes(Denied);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            passes &= filters.Passes(Denied);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(passes);
    }

    private static void Holds(FieldPredicate predicate) => Assert.True(new FilterSet([new FilterOptions.Field(predicate)]).Passes(Denied), predicate.ToString());

    private static void Fails(FieldPredicate predicate) => Assert.False(new FilterSet([new FilterOptions.Field(predicate)]).Passes(Denied), predicate.ToString());
}
