using System.Net;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Isolation.Messages;
using AuditHost.Sdk;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Tests.Security.OAuth;

/// <summary>Requests of a destination with <c>authentication: {type: oauth2}</c>, against a real server on this machine.</summary>
public sealed class OAuthTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private AuthorizationServer _server = null!;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await AuthorizationServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Token_is_asked_for_once_and_goes_out_with_every_request()
    {
        using HttpClient client = _server.CreateClient();

        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "one"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "two"));

        Assert.Equal(["grant_type=client_credentials&scope=audit.write metrics.publish"], _server.Forms);
        Assert.Equal([("token-1", "one"), ("token-1", "two")], _server.Requests);
    }

    [Fact]
    public async Task Token_is_a_secret_before_the_first_request_goes_out_with_it()
    {
        var redactor = new Redactor([]);
        _server.Accept("issued-token-of-today");
        _server.Instead = context => context.Response.WriteAsync("""{"access_token":"issued-token-of-today","token_type":"Bearer"}""");
        using HttpClient http = TestDestination.Context(TestDestination.Options(authentication: _server.Options), tokenIssued: redactor.Learn).Http;

        using HttpResponseMessage response = await http.GetAsync(_server.Resource, Test);

        Assert.Equal("issued-token-of-today", Assert.Single(_server.Requests).Token);
        Assert.Equal("got Bearer ***", redactor.Redact("got Bearer issued-token-of-today"));
    }

    [Fact]
    public void Token_of_a_plugins_own_process_stays_there()
    {
        var tokens = new Redactor([]);
        tokens.Learn("issued-token-of-today");
        var outcome = OutcomeMessage.Of(DeliveryResult.Partial([new EventFailure(0, FailureKind.Rejected, "no issued-token-of-today here")]).WithResponse(400, "issued-token-of-today?"));

        OutcomeMessage told = outcome.Redacted(tokens);

        Assert.Equal(("no *** here", "***?"), (Assert.Single(told.Failures!).Reason, told.Response));
        Assert.Equal("why ***", OutcomeMessage.Of(DeliveryResult.Failed(FailureKind.Transient, "why issued-token-of-today")).Redacted(tokens).Reason);
    }

    [Fact]
    public async Task Name_secret_and_audience_stand_in_the_form_where_the_site_says_so()
    {
        using HttpClient client = _server.CreateClient(options: _server.Options with { SecretInBody = true, Audience = "urn:siem", Scopes = [] });

        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "one"));

        Assert.Equal(
            [$"audience=urn:siem&client_id={AuthorizationServer.ClientId}&client_secret={AuthorizationServer.Secret}&grant_type=client_credentials"], _server.Forms);
    }

    [Fact]
    public async Task Requests_that_come_together_share_one_request_for_a_token()
    {
        using HttpClient client = _server.CreateClient();

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => PostAsync(client, $"{number}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Single(_server.Forms);
    }

    [Fact]
    public async Task Token_is_renewed_before_its_end_while_it_is_used_on()
    {
        using HttpClient client = _server.CreateClient(_time);
        await PostAsync(client, "one");
        await _server.AskedAsync();
        _time.Advance(TimeSpan.FromSeconds(3600 * 0.86));
        await PostAsync(client, "two");
        Assert.Single(_server.Forms);

        _time.Advance(TimeSpan.FromSeconds(3600 * 0.05));
        await PostAsync(client, "three");
        await _server.AskedAsync();
        await PostUntilRenewedAsync(client, TimeSpan.Zero);

        Assert.Equal(["token-1", "token-1", "token-1"], _server.Requests.Take(3).Select(request => request.Token));
        Assert.Equal("token-2", _server.Requests[^1].Token);
        Assert.Equal(2, _server.Forms.Length);
    }

    [Fact]
    public async Task Renewal_that_fails_costs_nothing_while_the_token_is_good_and_is_tried_again()
    {
        using HttpClient client = _server.CreateClient(_time);
        await PostAsync(client, "one");
        await _server.AskedAsync();
        _server.Instead = Answer(503, "{}");
        _time.Advance(TimeSpan.FromSeconds(3600 * 0.91));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "two"));
        await _server.AskedAsync();

        _server.Instead = null;
        await PostUntilRenewedAsync(client, TimeSpan.FromSeconds(1));

        Assert.Equal("token-2", _server.Requests[^1].Token);
        Assert.Equal(3, _server.Forms.Length);
    }

    [Fact]
    public async Task Token_that_has_ended_is_not_used()
    {
        using HttpClient client = _server.CreateClient(_time);
        await PostAsync(client, "one");
        _time.Advance(TimeSpan.FromSeconds(3600));
        _server.Instead = Answer(503, "{}");

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client, "two"));
        _server.Instead = null;
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "three"));

        Assert.Equal([("token-1", "one"), ("token-2", "three")], _server.Requests);
    }

    [Theory]
    [InlineData(",\"token_type\":\"bearer\",\"expires_in\":\"600\"", 600)]
    [InlineData(",\"expires_in\":20", 20)]
    [InlineData(",\"expires_in\":null", 300)]
    [InlineData(",\"expires_in\":-5", 300)]
    [InlineData("", 300)]
    public async Task Lifetime_is_what_the_server_says_or_five_minutes(string terms, int seconds)
    {
        _server.Terms = terms;
        using HttpClient client = _server.CreateClient(_time);
        await PostAsync(client, "one");
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        await PostAsync(client, "two");
        _time.Advance(TimeSpan.FromTicks(1));
        await PostAsync(client, "three");

        Assert.Equal(["token-1", "token-1"], _server.Requests.Take(2).Select(request => request.Token));
        Assert.NotEqual("token-1", _server.Requests[2].Token);
    }

    [Fact]
    public async Task Revoked_token_is_replaced_and_the_request_sent_again_whole()
    {
        using HttpClient client = _server.CreateClient(_time);
        await PostAsync(client, "one");
        _server.RevokeAll();

        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "two"));

        Assert.Equal([("token-1", "one"), ("token-1", "two"), ("token-2", "two")], _server.Requests);
    }

    [Fact]
    public async Task Destination_that_refuses_every_token_does_not_wear_out_the_token_endpoint()
    {
        using HttpClient client = _server.CreateClient(_time);
        await PostAsync(client, "one");
        for (int number = 0; number < 10; number++)
        {
            _server.RevokeAll();
            await PostAsync(client, $"{number}");
        }

        Assert.Equal(2, _server.Forms.Length);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(client, "later"));
    }

    [Theory]
    [InlineData(400, "invalid_client", true)]
    [InlineData(401, "invalid_client", true)]
    [InlineData(400, "invalid_scope", true)]
    [InlineData(403, "anything else", true)]
    [InlineData(302, "", true)]
    [InlineData(404, "", true)]
    [InlineData(408, "", false)]
    [InlineData(429, "slow_down", false)]
    [InlineData(400, "temporarily_unavailable", false)]
    [InlineData(500, "server_error", false)]
    [InlineData(503, "", false)]
    public async Task Refusal_is_the_operators_to_mend_or_passes_by_itself(int status, string error, bool isFinal)
    {
        _server.Instead = Answer(status, $$"""{"error":"{{error}}","error_description":"{{AuthorizationServer.Secret}}"}""");
        using HttpClient client = _server.CreateClient();

        Exception exception = (await Record.ExceptionAsync(() => PostAsync(client, "one")))!;

        Assert.Equal(isFinal, exception is SettingsException { Setting: "authentication" });
        Assert.Equal(!isFinal, exception is HttpRequestException);
        Assert.Contains($" answered {status}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(error is { Length: > 0 } && !error.Contains(' ', StringComparison.Ordinal), exception.Message.Contains($"{status} {error}", StringComparison.Ordinal) && error.Length > 0);
        Assert.DoesNotContain(AuthorizationServer.Secret, $"{exception}", StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"access_token\":\"\"}")]
    [InlineData("{\"access_token\":7}")]
    [InlineData("{\"access_token\":\"a\\r\\nX-Admin: 1\"}")]
    [InlineData("<html>please sign in</html>")]
    public async Task Answer_without_a_token_is_a_failure_that_may_pass(string body)
    {
        _server.Instead = Answer(200, body);
        using HttpClient client = _server.CreateClient();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client, "one"));

        Assert.Contains("without a token that can be used", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_another_type_are_the_operators_to_mend()
    {
        _server.Terms = ",\"token_type\":\"mac\"";
        using HttpClient client = _server.CreateClient();

        await Assert.ThrowsAsync<SettingsException>(() => PostAsync(client, "one"));
    }

    [Fact]
    public async Task Answer_of_any_size_is_not_read()
    {
        _server.Instead = Answer(200, new string('x', 1 << 20));
        using HttpClient client = _server.CreateClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(client, "one"));
    }

    [Fact]
    public async Task Who_leaves_does_not_end_the_request_that_others_wait_for()
    {
        _server.Accept("late");
        var answer = new TaskCompletionSource();
        _server.Instead = async context =>
        {
            await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await context.Response.WriteAsync("""{"access_token":"late"}""");
        };
        using HttpClient client = _server.CreateClient();
        using var leaving = new CancellationTokenSource();
        Task<HttpStatusCode> first = PostUntilAsync(client, "one", leaving.Token);
        Task<HttpStatusCode> second = PostAsync(client, "two");
        await _server.AskedAsync();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult();
        await second;

        Assert.Single(_server.Forms);
        Assert.Equal(("late", "two"), Assert.Single(_server.Requests));
    }

    [Fact]
    public async Task Endpoint_that_never_answers_is_given_up()
    {
        _server.Instead = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        using HttpClient client = _server.CreateClient(_time);
        Task<HttpStatusCode> request = PostAsync(client, "one");
        await _server.AskedAsync();

        _time.Advance(TimeSpan.FromSeconds(30));

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => request);
        Assert.Contains("did not answer within 30 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_reach_the_process_of_a_plugin_as_they_are()
    {
        AuthenticationOptions.OAuth options = _server.Options with { Audience = "urn:siem", SecretInBody = true };

        var heard = (AuthenticationOptions.OAuth)AuthenticationMessage.Of(options)!.ToOptions();

        Assert.Equal(options, heard with { Scopes = options.Scopes });
        Assert.Equal(options.Scopes, heard.Scopes);
        Assert.DoesNotContain(AuthorizationServer.Secret, $"{options}{AuthenticationMessage.Of(options)}", StringComparison.Ordinal);
    }

    private static Func<HttpContext, Task> Answer(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    /// <summary>A renewal goes on beside the requests; how many of them still have the old token is nobody's business.</summary>
    private async Task PostUntilRenewedAsync(HttpClient client, TimeSpan step)
    {
        for (int number = 0; _server.Requests[^1].Token == "token-1"; number++)
        {
            Assert.InRange(number, 0, 10_000);
            _time.Advance(step);
            Assert.Equal(HttpStatusCode.OK, await PostAsync(client, $"{number}"));
        }
    }

    private Task<HttpStatusCode> PostAsync(HttpClient client, string body) => PostUntilAsync(client, body, Test);

    private async Task<HttpStatusCode> PostUntilAsync(HttpClient client, string body, CancellationToken leaving)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        using HttpResponseMessage response = await client.PostAsync(_server.Resource, content, leaving);
        return response.StatusCode;
    }
}
