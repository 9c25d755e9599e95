using System.Net;
using System.Text;
using AuditHost.Fakes.Teams;
using static AuditHost.Plugins.Tests.Teams.TeamsTests;

namespace AuditHost.Plugins.Tests.Teams;

/// <summary>The fake takes what a workflow takes, and posts what Teams posts: otherwise the tests against it would prove nothing.</summary>
public sealed class TeamsWorkflowTests : IDisposable
{
    private readonly HttpClient _client = new();

    [Theory]
    [InlineData("""{"attachments":[{}]}""", "type is not message")]
    [InlineData("""{"type":"message"}""", "no attachments")]
    [InlineData("""{"type":"message","attachments":[]}""", "no attachments")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.teams.card.o365connector","content":{}}]}""", "no card")]
    public async Task A_message_without_a_card_is_taken_and_not_posted(string message, string fault) => Assert.Contains(fault, await RunAsync(message), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":"Card","version":"1.4","body":[]}""", "not an AdaptiveCard")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.6","body":[]}""", "version")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","text":"x","body":[]}""", "text")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[]}""", "no body")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"Heading","text":"x"}]}""", "another type")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock"}]}""", "without text")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","text":" "}]}""", "without text")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","text":"x","color":"red"}]}""", "color")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","text":"x","wrap":"true"}]}""", "wrap")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","text":"x","style":"bold"}]}""", "style")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"FactSet","facts":[]}]}""", "without facts")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"FactSet","facts":[{"title":"a","value":""}]}]}""", "title and value")]
    [InlineData("""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"FactSet","facts":[{"title":"a","value":1}]}]}""", "title and value")]
    public async Task A_broken_card_is_taken_and_not_posted(string card, string fault) => Assert.Contains(fault, await RunAsync(Message(card)), StringComparison.Ordinal);

    [Fact]
    public async Task A_large_message_is_taken_and_not_posted() => Assert.Contains(
        "too large", await RunAsync(Message($$"""{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","text":"{{new string('x', 28 << 10)}}"}]}""")), StringComparison.Ordinal);

    [Fact]
    public async Task Another_query_than_its_own_is_refused()
    {
        await using TeamsWorkflow workflow = await StartAsync();

        // The same to anybody who decodes it.
        using HttpResponseMessage response = await PostAsync(workflow, workflow.Webhook.Replace("%7E", "~", StringComparison.Ordinal), "{}");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Markup_is_seen()
    {
        await using TeamsWorkflow workflow = await StartAsync();
        string texts = string.Join(',', new[] { """a \\[b\\] \\\\""", """[a](b)""", """\\\\*a*""", "a_b" }.Select(text => $$"""{"type":"TextBlock","text":"{{text}}"}"""));

        using HttpResponseMessage response = await PostAsync(workflow, workflow.Webhook, Message($$"""{"type":"AdaptiveCard","version":"1.4","body":[{{texts}}]}"""));

        TeamsCard card = Assert.Single(workflow.Cards);
        Assert.Equal(["[a](b)", """\\*a*""", "a_b"], card.Markup);
        Assert.Equal("""a [b] \""", card.Shown[0]);
    }

    public void Dispose() => _client.Dispose();

    private static string Message(string card) => $$"""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{{card}} }]}""";

    private async Task<string> RunAsync(string message)
    {
        await using TeamsWorkflow workflow = await StartAsync();
        using HttpResponseMessage response = await PostAsync(workflow, workflow.Webhook, message);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(0, workflow.CardCount);
        return Assert.Single(workflow.Violations);
    }

    private async Task<HttpResponseMessage> PostAsync(TeamsWorkflow workflow, string address, string message)
    {
        Assert.StartsWith(workflow.Address.GetLeftPart(UriPartial.Authority), address, StringComparison.Ordinal);
        using var content = new StringContent(message, Encoding.UTF8, "application/json");
        return await _client.PostAsync(new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), content, Cancellation);
    }
}
