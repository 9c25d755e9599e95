using System.Net.Http.Headers;
using AuditHost.PluginKit.Aws;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>
/// Makes one call of CloudWatch Logs: POST to the root, the action in a header, JSON 1.1, signed. Source: CloudWatch Logs API Reference,
/// "Common Parameters"; AWS JSON 1.1 protocol of Smithy.
/// </summary>
internal sealed class LogsClient(HttpClient http, HttpEndpoints endpoints, string region, TimeProvider time)
{
    private const string ContentType = "application/x-amz-json-1.1";
    private const string TargetPrefix = "Logs_20140328.";

    private readonly SigV4Signer _signer = new(region, "logs", time);

    public async ValueTask<LogsAnswer> CallAsync(
        string action, ReadOnlyMemory<byte> body, AwsCredentials credentials, CancellationToken cancellationToken)
    {
        Uri endpoint = endpoints.Choose();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = HttpPayload.Create(body, ContentType) };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", TargetPrefix + action);
        _signer.Sign(request, body.Span, credentials);
        using HttpResponseMessage response = await endpoints.SendAsync(http, endpoint, request, cancellationToken).ConfigureAwait(false);
        bool isSuccess = response.IsSuccessStatusCode;
        (ReadOnlyMemory<byte> text, bool isWhole) = await BoundedBody.ReadAsync(response.Content, isSuccess, cancellationToken).ConfigureAwait(false);
        (string? code, string? message) = isSuccess ? default : LogsError.Read(text.Span, HeaderOf(response.Headers, "x-amzn-ErrorType"));
        return new LogsAnswer(
            (int)response.StatusCode,
            code,
            message,
            text,
            isWhole,
            RequestIdOf(response.Headers),
            RetryAfter.Of(response, time),
            time.GetUtcNow() - response.Headers.Date,
            HttpOutcome.Describe(response));
    }

    private static string? RequestIdOf(HttpResponseHeaders headers)
    {
        const int MaxLength = 128;
        string? id = HeaderOf(headers, "x-amzn-RequestId");
        return id is { Length: > 0 and <= MaxLength } ? id : null;
    }

    private static string? HeaderOf(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;
}
