using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Http.Headers;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Splunk;

/// <summary>Sends a batch as one request to the HTTP Event Collector, and where asked waits until it is indexed.</summary>
internal sealed class SplunkConnector : IConnector
{
    private readonly HttpEndpoints _endpoints;
    private readonly HecBody _body;
    private readonly HecAcknowledgement? _acknowledgement;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly HttpCompression _compression;
    private readonly PluginContext _context;
    private int _nearCapacity;

    private SplunkConnector(SplunkSettings settings, PluginContext context, HttpEndpoints endpoints, AuthenticationHeaderValue authorization)
    {
        _context = context;
        _endpoints = endpoints;
        _body = new HecBody(settings);
        _authorization = authorization;
        _compression = settings.Compression;
        _acknowledgement = settings.Acknowledgement ? HecAcknowledgement.Create(settings, endpoints, authorization, context) : null;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static SplunkConnector Create(SplunkSettings settings, PluginContext context)
    {
        string token = HttpHeader.CheckValue("hec_token", settings.HecToken);
        if (token.Length == 0)
            throw new SettingsException("hec_token", "Empty. Give it the token's value, a GUID");
        if (!settings.Acknowledgement && settings.AcknowledgementPollSeconds != SplunkSettings.UsualPollSeconds)
            throw new SettingsException("acknowledgement_poll_seconds", "Has no effect without acknowledgement: true. Leave it out, or set that");
        return new SplunkConnector(settings, context, HecAddress.Parse(settings, context.Time), new AuthenticationHeaderValue("Splunk", token));
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(64 << 10);
        _body.Write(batch, body);
        Uri endpoint = _endpoints.Choose();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = HttpPayload.Create(body.Written, "application/json", _compression),
        };
        request.Headers.Authorization = _authorization;
        _acknowledgement?.Mark(request);
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, HecAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            return HecAnswer.Failure(response, answer, batch.Count, RetryAfter.Of(response, _context.Time), acknowledges: _acknowledgement is not null);
        if (answer.Integer("code") is not (HecCode.Success or HecCode.NearCapacity or HecCode.AcknowledgementsNearCapacity))
            return DeliveryResult.Failed(FailureKind.Transient, "HTTP 200 without a code that means taken. Is this an HTTP Event Collector?").WithResponse(200, answer.Text);
        WatchCapacity(answer.Integer("code") != HecCode.Success);
        return _acknowledgement is null
            ? DeliveryResult.Delivered.WithResponse(200, null)
            : await _acknowledgement.WaitAsync(endpoint, response, answer, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _endpoints.ProbeAsync(async endpoint =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, HecAddress.Of(endpoint, "/health"));
        request.Headers.Authorization = _authorization;
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, HecAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
            return;
        throw new HttpRequestException(
            answer.Integer("code") is { } code && HecCode.Find(code) is { } meaning ? $"HTTP {(int)response.StatusCode}, code {code}: {meaning.Text}" : HttpOutcome.Describe(response),
            inner: null,
            response.StatusCode);
    });

    /// <summary>Says once when Splunk comes near its limits, and once when it is past that.</summary>
    private void WatchCapacity(bool near)
    {
        if (Interlocked.Exchange(ref _nearCapacity, near ? 1 : 0) == (near ? 1 : 0))
            return;
        if (near)
            _context.Log(EventLevel.Warning, "Splunk takes events, but says that its queue or acknowledgement channel is nearly full.");
        else
            _context.Log(EventLevel.Informational, "Splunk's queues have room again.");
    }
}
