using System.Net.Http.Headers;
using AuditHost.Sdk;

namespace Acme.Hook;

/// <summary>One request per batch. Acme answers 200 with the events it did not take, by index.</summary>
internal sealed class HookConnector(HookSettings settings, HttpClient http, TimeProvider time) : IConnector
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Endpoint);
        request.Content = new ReadOnlyMemoryContent(batch.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(batch.ContentType);
        request.Headers.Add("X-Collection", settings.Collection);

        // The same on every attempt, so that Acme drops what it already has.
        request.Headers.Add("Idempotency-Key", batch[0].Key);

        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        DeliveryResult result = response.IsSuccessStatusCode
            ? HookAnswer.Read(text)
            : DeliveryResult.Failed(HookAnswer.KindOf(response.StatusCode), $"HTTP {(int)response.StatusCode}", RetryAfter(response));
        return result.WithResponse((int)response.StatusCode, text);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, settings.Endpoint);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow();
}
