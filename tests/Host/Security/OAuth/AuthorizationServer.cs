using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using AuditHost.Configuration.Options;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Tests.Security.OAuth;

/// <summary>
/// A token endpoint by RFC 6749 and a resource that wants its tokens, on one port. It refuses what the standard refuses: another method,
/// another grant, a client it does not know. Each token is a new one; those of the past can be revoked.
/// </summary>
internal sealed class AuthorizationServer : IAsyncDisposable
{
    public const string ClientId = "client with:colon";
    public const string Secret = "s/e c+r&e=t";

    private readonly ConcurrentDictionary<string, bool> _valid = new();
    private readonly ConcurrentQueue<string> _forms = new();
    private readonly ConcurrentQueue<(string Token, string Body)> _requests = new();
    private readonly SemaphoreSlim _asked = new(0);
    private LoopbackServer _server = null!;
    private int _given;

    /// <summary>What answers instead, while it is set.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>The rest of the answer with a token.</summary>
    public string Terms { get; set; } = ",\"token_type\":\"Bearer\",\"expires_in\":3600";

    public string[] Forms => [.. _forms];

    /// <summary>What came to the resource with a token, good or not.</summary>
    public (string Token, string Body)[] Requests => [.. _requests];

    public Uri Resource => new(_server.Address, "/events");

    public AuthenticationOptions.OAuth Options => new(new Uri(_server.Address, "/token"), ClientId, Secret, ["audit.write", "metrics.publish"]);

    public static async Task<AuthorizationServer> StartAsync()
    {
        var server = new AuthorizationServer();
        server._server = await LoopbackServer.StartAsync(server.AnswerAsync);
        return server;
    }

    /// <summary>Has the resource take a token that was not given here.</summary>
    public void Accept(string token) => _valid[token] = true;

    public void RevokeAll() => _valid.Clear();

    /// <summary>Ends when a further request for a token has come.</summary>
    public Task AskedAsync() => _asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public HttpClient CreateClient(TimeProvider? time = null, AuthenticationOptions.OAuth? options = null) =>
        TestDestination.Context(TestDestination.Options(authentication: options ?? Options), time).Http;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _asked.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/token")
            await AnswerTokenAsync(context);
        else
            await AnswerResourceAsync(context);
    }

    private async Task AnswerTokenAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync();
        _forms.Enqueue(string.Join('&', form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}")));
        _asked.Release();
        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }

        if (context.Request.Method != "POST" || form["grant_type"] != "client_credentials" || !KnowsClient(context.Request, form))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync($$"""{"error":"invalid_client","error_description":"not {{Secret}}"}""");
            return;
        }

        string token = $"token-{Interlocked.Increment(ref _given)}";
        _valid[token] = true;
        await context.Response.WriteAsync($$"""{"access_token":"{{token}}"{{Terms}}}""");
    }

    private static bool KnowsClient(HttpRequest request, IFormCollection form)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header))
            return form["client_id"] == ClientId && form["client_secret"] == Secret;
        string[] pair = Encoding.UTF8.GetString(Convert.FromBase64String(header.Parameter!)).Split(':');
        return header.Scheme == "Basic" && pair.Length == 2
            && Uri.UnescapeDataString(pair[0].Replace('+', ' ')) == ClientId && Uri.UnescapeDataString(pair[1].Replace('+', ' ')) == Secret;
    }

    private async Task AnswerResourceAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", string.Empty, StringComparison.Ordinal);
        _requests.Enqueue((token, await reader.ReadToEndAsync()));
        context.Response.StatusCode = _valid.ContainsKey(token) ? 200 : 401;
    }
}
