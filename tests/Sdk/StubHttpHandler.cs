using System.Net;

namespace AuditHost.Sdk;

/// <summary>Answers every request the same and keeps what was asked last.</summary>
internal sealed class StubHttpHandler(HttpStatusCode status, string body, TimeSpan? retryAfter = null) : HttpMessageHandler
{
    public string? RequestBody { get; private set; }

    public string? IdempotencyKey { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RequestBody = await request.Content!.ReadAsStringAsync(cancellationToken);
        IdempotencyKey = request.Headers.GetValues("Idempotency-Key").Single();
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        if (retryAfter is { } delay)
            response.Headers.RetryAfter = new(delay);
        return response;
    }
}
