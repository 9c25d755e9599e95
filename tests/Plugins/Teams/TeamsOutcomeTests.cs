using AuditHost.Fakes;
using AuditHost.Fakes.Teams;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Teams.TeamsTests;

namespace AuditHost.Plugins.Tests.Teams;

/// <summary>What a trigger answers, and what stands in its way.</summary>
public sealed class TeamsOutcomeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(400, "TriggerInputSchemaMismatch", FailureKind.Rejected)]
    [InlineData(400, "InvalidRequestContent", FailureKind.Rejected)]
    [InlineData(400, "InvalidTriggerInput", FailureKind.Rejected)]
    [InlineData(400, "WorkflowTriggerIsNotEnabled", FailureKind.Misconfigured)]
    [InlineData(409, "WorkflowSuspended", FailureKind.Misconfigured)]
    [InlineData(409, "WorkflowIsNotEnabled", FailureKind.Misconfigured)]
    [InlineData(401, "DirectApiAuthorizationRequired", FailureKind.Misconfigured)]
    [InlineData(401, "DirectApiRequestHasMoreThanOneAuthorization", FailureKind.Misconfigured)]
    [InlineData(401, "AuthorizationFailed", FailureKind.Misconfigured)]
    [InlineData(401, "InvalidAuthenticationToken", FailureKind.Misconfigured)]
    [InlineData(403, "MisMatchingOAuthClaims", FailureKind.Misconfigured)]
    [InlineData(403, "SomethingElse", FailureKind.Misconfigured)]
    [InlineData(404, "WorkflowNotFound", FailureKind.Misconfigured)]
    [InlineData(404, "WorkflowTriggerNotFound", FailureKind.Misconfigured)]
    [InlineData(404, "ResourceNotFound", FailureKind.Misconfigured)]
    [InlineData(404, "SomethingElse", FailureKind.Misconfigured)]
    [InlineData(410, "SomethingElse", FailureKind.Misconfigured)]
    [InlineData(400, "SomethingElse", FailureKind.Rejected)]
    [InlineData(500, "InternalServerError", FailureKind.Transient)]
    [InlineData(502, "NoResponse", FailureKind.Transient)]
    public async Task Each_code_stands_for_a_kind_of_failure(int status, string code, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(TriggerReply.Of(status, code, "no such luck"));

        Assert.Equal((expected, status), (KindOf(result), result.Status));
        Assert.Contains(code, ReasonOf(result), StringComparison.Ordinal);
        Assert.Contains("no such luck", result.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "", FailureKind.Misconfigured)]
    [InlineData(200, "1", FailureKind.Misconfigured)]
    [InlineData(200, "<html>sign in</html>", FailureKind.Misconfigured)]
    [InlineData(204, "", FailureKind.Misconfigured)]
    [InlineData(302, "", FailureKind.Misconfigured)]
    [InlineData(400, "", FailureKind.Rejected)]
    [InlineData(400, """{"error":"x"}""", FailureKind.Rejected)]
    [InlineData(401, "<html>no</html>", FailureKind.Misconfigured)]
    [InlineData(403, "", FailureKind.Misconfigured)]
    [InlineData(404, "", FailureKind.Misconfigured)]
    [InlineData(407, "", FailureKind.Misconfigured)]
    [InlineData(408, "", FailureKind.Transient)]
    [InlineData(413, """{"error":{"code":"InvalidRequestContent"}}""", FailureKind.TooLarge)]
    [InlineData(429, "", FailureKind.Throttled)]
    [InlineData(429, """{"error":{"code":"AuthorizationFailed"}}""", FailureKind.Throttled)]
    [InlineData(500, "", FailureKind.Transient)]
    [InlineData(503, "", FailureKind.Transient)]
    [InlineData(504, "", FailureKind.Transient)]
    public async Task Only_202_is_a_delivery(int status, string body, FailureKind expected) =>
        Assert.Equal(expected, KindOf(await SendAsync(new FakeAnswer(status, body))));

    [Theory]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(500, FailureKind.Transient)]
    public async Task A_refusal_inside_a_success_is_a_refusal(int status, FailureKind expected)
    {
        Assert.Equal(expected, KindOf(await SendAsync(TriggerReply.Hidden(status))));
        Assert.Equal(expected, KindOf(await SendAsync(TriggerReply.Hidden(status), ""","success_status":[200,202]""")));
    }

    [Fact]
    public async Task A_workflow_that_answers_by_itself_may_say_200()
    {
        Assert.True((await SendAsync(new FakeAnswer(200, """{"posted":true}"""), ""","success_status":[200]""")).IsDelivered);
        Assert.Equal(FailureKind.Misconfigured, KindOf(await SendAsync(new FakeAnswer(202), ""","success_status":[200]""")));
    }

    [Fact]
    public async Task A_wait_is_passed_on()
    {
        DeliveryResult result = await SendAsync(TriggerReply.Of(429, "TooManyRequests").With("Retry-After", "30"));

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(30)), (result.Kind, result.RetryAfter));
    }

    [Theory]
    [InlineData(true, "owner")]
    [InlineData(false, "Switch it on")]
    public async Task A_workflow_that_is_gone_keeps_its_events(bool deleted, string remedy)
    {
        await using TeamsWorkflow workflow = await StartAsync();
        (workflow.IsDeleted, workflow.IsOff) = (deleted, !deleted);
        await using IConnector connector = Create(_context, workflow);

        DeliveryResult result = await connector.SendAsync(Batch(), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains(remedy, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_beside_the_signature_is_a_matter_of_settings()
    {
        await using TeamsWorkflow workflow = await StartAsync();
        using var context = new TestPluginContext(credential: "a-token");
        await using IConnector connector = Create(context, workflow);

        DeliveryResult result = await connector.SendAsync(Batch(), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("Remove authentication", result.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private static FailureKind KindOf(DeliveryResult result) => result.Failures is { } failures ? Assert.Single(failures).Kind : result.Kind;

    private static string ReasonOf(DeliveryResult result) => result.Failures is { } failures ? Assert.Single(failures).Reason : result.Reason!;

    private async Task<DeliveryResult> SendAsync(FakeAnswer answer, string further = "")
    {
        await using TeamsWorkflow workflow = await StartAsync();
        workflow.FailNext(answer);
        await using IConnector connector = Create(_context, workflow, further);
        return await connector.SendAsync(Batch(), Cancellation);
    }
}
