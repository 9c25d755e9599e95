using AuditHost.PluginKit.Events;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Events;

public sealed class EventOutcomesTests
{
    [Theory]
    [InlineData("CopybookParse", "parse_result", "Success", EventOutcome.Success)]
    [InlineData("CopybookParse", "parse_result", "SuccessWithWarnings", EventOutcome.Success)]
    [InlineData("CopybookParse", "parse_result", "Failed", EventOutcome.Failure)]
    [InlineData("DataValidation", "validation_result", "Valid", EventOutcome.Success)]
    [InlineData("DataValidation", "validation_result", "ValidWithWarnings", EventOutcome.Success)]
    [InlineData("DataValidation", "validation_result", "Invalid", EventOutcome.Failure)]
    [InlineData("DataTransformation", "transformation_result", "PartialSuccess", EventOutcome.Success)]
    [InlineData("DataTransformation", "transformation_result", "Failed", EventOutcome.Failure)]
    [InlineData("ComplianceCheck", "validation_result", "Compliant", EventOutcome.Success)]
    [InlineData("ComplianceCheck", "validation_result", "NonCompliant", EventOutcome.Failure)]
    [InlineData("ComplianceCheck", "validation_result", "RequiresReview", EventOutcome.Unknown)]
    [InlineData("AccessEvent", "access_result", "Success", EventOutcome.Success)]
    [InlineData("AccessEvent", "access_result", "Denied", EventOutcome.Failure)]
    [InlineData("AccessEvent", "access_result", "Failed", EventOutcome.Failure)]
    [InlineData("AccessEvent", "access_result", "Perhaps", EventOutcome.Unknown)]
    [InlineData("AccessEvent", "result", "Success", EventOutcome.Unknown)]
    [InlineData("SecurityEvent", "security_event_type", "AuthenticationFailure", EventOutcome.Failure)]
    [InlineData("SecurityEvent", "security_event_type", "AuthorizationFailure", EventOutcome.Failure)]
    [InlineData("SecurityEvent", "security_event_type", "DataBreach", EventOutcome.Unknown)]
    [InlineData("ErrorEvent", "error_code", "E1", EventOutcome.Failure)]
    [InlineData("ConfigurationChange", "change_type", "Update", EventOutcome.Success)]
    [InlineData("LineageTracking", "source_system", "a", EventOutcome.Unknown)]
    [InlineData("order.cancelled", "access_result", "Success", EventOutcome.Unknown)]
    public void Outcome_is_read_where_the_type_has_it(string type, string member, string word, EventOutcome expected) => Assert.Equal(
        expected, EventOutcomes.Of(TestEvent.Parse($$"""{"event_id":"e","event_type":"{{type}}","payload":{"data":{"{{member}}":"{{word}}" } } }""")));
}
