using System.Buffers;
using System.Net;
using AuditHost.Connectors.Prometheus.Exposition;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>
/// Pushes to a Pushgateway. PUT replaces the whole group, so that what one start of the host had and the next has not does not stay behind.
/// </summary>
internal sealed class PushGateway : IPushTarget
{
    private const string Target = "the Pushgateway";

    private readonly Uri _group;
    private readonly Uri _health;
    private readonly bool _deletes;
    private readonly Action<IBufferWriter<byte>, ExpositionFormat> _render;
    private readonly PluginContext _context;
    private bool _hasPushed;

    private PushGateway(Uri group, Uri health, bool deletes, Action<IBufferWriter<byte>, ExpositionFormat> render, PluginContext context)
    {
        _group = group;
        _health = health;
        _deletes = deletes;
        _render = render;
        _context = context;
    }

    public IReadOnlyList<Uri> Shown => [HttpEndpoint.Shown(_group)];

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static PushGateway Create(PushGatewaySettings settings, Action<IBufferWriter<byte>, ExpositionFormat> render, PluginContext context)
    {
        (Uri group, Uri health) = AddressesOf(settings);
        return new PushGateway(group, health, settings.DeleteOnStop, render, context);
    }

    /// <summary>The addresses of a group and of the gateway's health.</summary>
    public static (Uri Group, Uri Health) AddressesOf(PushGatewaySettings settings)
    {
        Uri endpoint = HttpEndpoint.Parse("push_gateway.endpoint", settings.Endpoint);
        string root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return (new Uri(root + GroupingKey.PathOf(settings)), new Uri(root + "/-/healthy"));
    }

    public async ValueTask<DeliveryResult> PushAsync(CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(64 << 10);
        _render(body, ExpositionFormat.Text);
        using var request = new HttpRequestMessage(HttpMethod.Put, _group)
        {
            Content = HttpPayload.Create(body.Written, TextExposition.ContentTypeOf(ExpositionFormat.Text)),
        };
        _hasPushed = true;
        using HttpResponseMessage response = await _context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return await PushOutcome.ReadAsync(Target, response, _context.Time, cancellationToken).ConfigureAwait(false);

        // 202 where its operator has switched its check of consistency off; it has no other success for a push.
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted && !PushOutcome.IsPage(response)
            ? DeliveryResult.Delivered.WithResponse((int)response.StatusCode, null)
            : PushOutcome.Stranger(Target, response);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _health);
        using HttpResponseMessage response = await _context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(HttpOutcome.Describe(response), inner: null, response.StatusCode);
    }

    /// <summary>Deletes the group, or leaves the last figures there.</summary>
    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (!_hasPushed)
            return;
        if (!_deletes)
        {
            await PushAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Delete, _group);
        using HttpResponseMessage response = await _context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(HttpOutcome.Describe(response), inner: null, response.StatusCode);
    }
}
