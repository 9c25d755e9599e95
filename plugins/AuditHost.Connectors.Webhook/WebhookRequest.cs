using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Webhook;

/// <summary>Makes the requests of one webhook; everything in the settings is checked once, here.</summary>
internal sealed class WebhookRequest
{
    private readonly HttpMethod _method;
    private readonly KeyValuePair<string, string>[] _headers;
    private readonly string? _idempotencyHeader;
    private readonly HttpCompression _compression;

    private WebhookRequest(HttpMethod method, KeyValuePair<string, string>[] headers, string? idempotencyHeader, HttpCompression compression)
    {
        _method = method;
        _headers = headers;
        _idempotencyHeader = idempotencyHeader;
        _compression = compression;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static WebhookRequest Create(WebhookSettings settings)
    {
        foreach ((string name, string value) in settings.Headers)
        {
            HttpHeader.CheckName("headers", name);
            HttpHeader.CheckValue($"headers.{name}", value);
        }

        return new WebhookRequest(
            MethodOf(settings.Method),
            [.. settings.Headers],
            settings.IdempotencyHeader.Length == 0 ? null : HttpHeader.CheckName("idempotency_header", settings.IdempotencyHeader),
            settings.Compression);
    }

    /// <summary>Makes a request, without an address.</summary>
    /// <param name="body">What to send.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="key">Names the delivery, on every attempt alike.</param>
    public HttpRequestMessage Make(ReadOnlyMemory<byte> body, string contentType, string key)
    {
        var request = new HttpRequestMessage { Method = _method, Content = HttpPayload.Create(body, contentType, _compression) };
        foreach ((string name, string value) in _headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (_idempotencyHeader is not null)
            request.Headers.TryAddWithoutValidation(_idempotencyHeader, key);
        return request;
    }

    private static HttpMethod MethodOf(string method) => method.ToUpperInvariant() switch
    {
        "POST" => HttpMethod.Post,
        "PUT" => HttpMethod.Put,
        "PATCH" => HttpMethod.Patch,
        _ => throw new SettingsException("method", "Not a method for events. Use POST, PUT or PATCH"),
    };
}
