using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>Sends each mutation as a request ("GraphQL over HTTP", the working draft).</summary>
internal sealed class GraphQLHttpConnector(
    HttpEndpoints endpoints, GraphQLOperation operation, GraphQLAnswer answers, HttpCompression compression, PluginContext context) : IConnector
{
    private const int MaxAnswerBytes = 1 << 20;
    private const string Accepted = "application/graphql-response+json, application/json;q=0.9";

    private static readonly byte[] Probe = Encoding.UTF8.GetBytes("""{"query":"{ __typename }"}""");

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (operation.IsBatch)
            return SendAsync(batch, 0, cancellationToken);
        int index = 0;
        return new SingleDelivery(batch, (OutboundEvent _, string _, CancellationToken token) => SendAsync(batch, index++, token)).RunAsync(cancellationToken);
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => endpoints.ProbeAsync(async endpoint =>
    {
        // Asks for what every server has, and runs nothing.
        using HttpRequestMessage request = Ask(endpoint, Probe, HttpCompression.None);
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = Read(response, answer, 1);

        // A server may take nothing but the mutations that it knows; it is there all the same.
        if (!GraphQLAnswer.Is(answer.Root) || (int)response.StatusCode is 401 or 403 || GraphQLAnswer.RefusesSender(answer.Root!.Value))
            throw new HttpRequestException(result.Reason, inner: null, response.StatusCode);
    });

    private async ValueTask<DeliveryResult> SendAsync(EventBatch batch, int index, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(16 << 10);
        Write(batch, index, body);
        Uri endpoint = endpoints.Choose();
        using HttpRequestMessage request = Ask(endpoint, body.Written, compression);
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = Read(response, answer, operation.IsBatch ? batch.Count : 1);
        return result.WithResponse((int)response.StatusCode, result.IsDelivered ? null : answer.Text);
    }

    private void Write(EventBatch batch, int index, PooledBuffer body)
    {
        var json = new JsonWriter(body);
        operation.Write(ref json, batch, index);
        json.Flush();
    }

    private static HttpRequestMessage Ask(Uri endpoint, ReadOnlyMemory<byte> body, HttpCompression compression)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = HttpPayload.Create(body, "application/json", compression) };
        request.Headers.TryAddWithoutValidation("Accept", Accepted);
        return request;
    }

    /// <summary>
    /// The status decides where it is not GraphQL's to say: rights, pace, size, and all that no GraphQL server has answered. Else the body does.
    /// </summary>
    private DeliveryResult Read(HttpResponseMessage response, JsonAnswer answer, int count)
    {
        TimeSpan? retryAfter = RetryAfter.Of(response, context.Time);
        FailureKind? kind = HttpOutcome.Classify(response.StatusCode, retryAfter is not null);
        string reason = HttpOutcome.Describe(response);
        if (!GraphQLAnswer.Is(answer.Root))
        {
            // A GraphQL server says what is wrong with an event in GraphQL. One that does not is none, or something before it speaks.
            return kind is null
                ? DeliveryResult.Failed(FailureKind.Transient, $"{reason} without a GraphQL answer. Is this a GraphQL endpoint?")
                : DeliveryResult.Failed(kind == FailureKind.Rejected ? FailureKind.Misconfigured : kind.Value, $"{reason}, without a GraphQL answer", retryAfter);
        }

        if (kind is FailureKind.Misconfigured or FailureKind.Throttled or FailureKind.TooLarge)
            return DeliveryResult.Failed(kind.Value, reason, retryAfter);
        DeliveryResult result = answers.Read(answer.Root!.Value, count, kind == FailureKind.Transient ? kind : null);
        if (result.Kind == FailureKind.Throttled && result.RetryAfter is null)
            return DeliveryResult.Failed(FailureKind.Throttled, result.Reason!, retryAfter);
        return result.IsDelivered && kind is not null ? DeliveryResult.Failed(FailureKind.Transient, $"{reason} with an answer that knows of no error") : result;
    }
}
