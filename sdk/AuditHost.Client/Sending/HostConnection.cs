using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AuditHost.Client.Sending;

/// <summary>Posts events to <c>/v1/events</c> of a host.</summary>
internal sealed class HostConnection : IDisposable
{
    private const int MaxAnswerBytes = 64 << 10;

    private readonly HttpClient _http;
    private readonly Uri _events;
    private readonly TimeProvider _time;

    public HostConnection(AuditClientOptions options)
    {
        if (!options.Endpoint.IsAbsoluteUri || options.Endpoint.Scheme is not ("http" or "https"))
            throw new ArgumentException($"Endpoint: expected an http or https address such as https://audit.example:8780, got '{options.Endpoint}'.", nameof(options));
        _http = new HttpClient(options.Handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = options.Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };
        if (options.Token is { } token)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        string root = options.Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        _events = new Uri(root.EndsWith("/v1/events", StringComparison.Ordinal) ? root : root + "/v1/events");
        _time = options.Time;
    }

    /// <summary>Sends a body of lines.</summary>
    /// <param name="lines">One event a line.</param>
    /// <param name="cancellationToken">Ends the wait for the answer; whether the host has taken the events is not known then.</param>
    public async Task<Answer> PostAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(lines);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        try
        {
            using HttpResponseMessage response = await _http.PostAsync(_events, content, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? new Answer(AnswerKind.Accepted)
                : await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Answer(AnswerKind.Unavailable, exception.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        TimeSpan? retryAfter = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - _time.GetUtcNow() : null;
        switch (status)
        {
            case 413:
                return new Answer(AnswerKind.TooLarge, "HTTP 413: the host takes no request of this size");
            case 408 or 425 or 429 or >= 500:
                return new Answer(AnswerKind.Unavailable, $"HTTP {status}") { RetryAfter = retryAfter };
            case 401 or 403:
                // A token that is being exchanged is no reason to lose events.
                return new Answer(AnswerKind.Unavailable, $"HTTP {status}: the host takes another token. Check Token") { RetryAfter = retryAfter };
            case 400:
                return await ReadProblemAsync(response, cancellationToken).ConfigureAwait(false);
            default:
                return new Answer(AnswerKind.Unavailable, $"HTTP {status}: this is no intake of AuditHost. Check Endpoint");
        }
    }

    private static async Task<Answer> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            using JsonDocument problem = JsonDocument.Parse(body);
            if (!problem.RootElement.TryGetProperty("errors", out JsonElement errors))
                return new Answer(AnswerKind.Rejected, $"HTTP 400: {problem.RootElement.GetProperty("detail").GetString()}");
            return new Answer(AnswerKind.Rejected, "HTTP 400: bad events")
            {
                Bad = errors.EnumerateArray().ToDictionary(
                    error => error.GetProperty("index").GetInt32(), error => $"{error.GetProperty("path").GetString()}: {error.GetProperty("reason").GetString()}"),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return new Answer(AnswerKind.Unavailable, "HTTP 400 without a problem of AuditHost. Check Endpoint");
        }
    }
}
