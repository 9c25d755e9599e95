using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Loki;

/// <summary>Pushes a batch in one request.</summary>
internal sealed class LokiConnector : IConnector
{
    private const int UsualBodyBytes = 64 << 10;

    private readonly HttpEndpoints _endpoints;
    private readonly PushBody _body;
    private readonly string? _tenant;
    private readonly HttpCompression _compression;
    private readonly PluginContext _context;

    private LokiConnector(LokiSettings settings, HttpEndpoints endpoints, PluginContext context)
    {
        _endpoints = endpoints;
        _body = new PushBody(settings, LabelSet.Of(settings));
        _tenant = LokiTenant.Check(settings.Tenant);
        _compression = settings.Compression;
        _context = context;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static LokiConnector Create(LokiSettings settings, PluginContext context)
    {
        if (settings.MaxLineBytes < 1)
            throw new SettingsException("max_line_bytes", "Expected 1 or more");
        if (settings.StructuredMetadata is { } metadata)
            CheckMetadata(metadata, settings.LabelFields);
        return new LokiConnector(settings, LokiAddress.Parse(settings, context.Time), context);
    }

    private static void CheckMetadata(IReadOnlyList<LokiField> metadata, IReadOnlyList<LokiField> labels)
    {
        if (metadata.Distinct().Count() < metadata.Count)
            throw new SettingsException("structured_metadata", "A field stands there twice. Remove it");
        if (metadata.Intersect(labels).Any())
            throw new SettingsException("structured_metadata", $"{EnvelopeField.NameOf(metadata.Intersect(labels).First())} is a label already (label_fields). Remove it from one of the two");
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(UsualBodyBytes);
        var tooLong = new List<EventFailure>();
        if (_body.Write(batch, body, tooLong) == 0)
            return DeliveryResult.Partial(tooLong);
        using var request = new HttpRequestMessage(HttpMethod.Post, requestUri: (Uri?)null)
        {
            Content = HttpPayload.Create(body.Written, "application/json", _compression),
        };
        Mark(request);
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, request, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NoContent
            ? DeliveryResult.Partial(tooLong).WithResponse(204, null)
            : await PushAnswer.ReadAsync(response, _context.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks whether Loki is ready. A gateway may keep that from the world; then it is enough that something takes a push there.</summary>
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _endpoints.ProbeAsync(async endpoint =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, LokiAddress.ReadinessOf(endpoint));
        Mark(request);
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return;
        if (response.StatusCode != HttpStatusCode.NotFound)
            throw new HttpRequestException($"{HttpOutcome.Describe(response)}, asked whether it is ready", inner: null, response.StatusCode);
        using var push = new HttpRequestMessage(HttpMethod.Options, endpoint);
        Mark(push);
        await HttpProbe.CheckAsync(_context.Http, push, cancellationToken).ConfigureAwait(false);
    });

    private void Mark(HttpRequestMessage request)
    {
        if (_tenant is not null)
            request.Headers.TryAddWithoutValidation(LokiTenant.Header, _tenant);
    }
}
