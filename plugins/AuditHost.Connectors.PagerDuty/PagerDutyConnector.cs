using System.Diagnostics.Tracing;
using System.Text;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>Sends each message as one request to the Events API v2, as an alert or as a change.</summary>
internal sealed class PagerDutyConnector : IConnector
{
    private const int UsualBytes = 4096;

    private readonly HttpEndpoints _endpoints;
    private readonly EventsRequest _requests;
    private readonly byte[][] _changeTypes;
    private readonly PluginContext _context;

    private PagerDutyConnector(PagerDutySettings settings, PluginContext context)
    {
        _context = context;
        _endpoints = EventsAddress.Parse(settings, context.Time);
        _requests = new EventsRequest(settings);
        _changeTypes = [.. settings.ChangeEvents.Select(Encoding.UTF8.GetBytes)];
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static PagerDutyConnector Create(PagerDutySettings settings, PluginContext context)
    {
        if (settings.ChangeEvents.Any(string.IsNullOrWhiteSpace))
            throw new SettingsException("change_events", "One is empty. Expected event types, for instance ConfigurationChange");
        var connector = new PagerDutyConnector(settings, context);
        if (!connector._requests.HasUsualKey)
            context.Log(EventLevel.Warning, "integration_key does not have the 32 characters of PagerDuty's integration keys. Is it the key of an Events API V2 integration?");
        return connector;
    }

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        new SingleDelivery(batch, SendAsync).RunAsync(cancellationToken);

    /// <summary>
    /// There is no dry run. A resolve for an alert that nobody opened is accepted and dropped; it shows that the Events API can be reached, and
    /// that it takes the key's form.
    /// </summary>
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _endpoints.ProbeAsync(async endpoint =>
    {
        using var body = new PooledBuffer(UsualBytes);
        _requests.WriteProbe(body);
        DeliveryResult result = await PostAsync(endpoint, endpoint, body, cancellationToken).ConfigureAwait(false);
        if (!result.IsDelivered && result.Kind != FailureKind.Throttled)
            throw new HttpRequestException(result.Reason, inner: null, (System.Net.HttpStatusCode?)result.Status);
    });

    private async ValueTask<DeliveryResult> SendAsync(OutboundEvent outbound, string contentType, CancellationToken cancellationToken)
    {
        bool isChange = IsChange(outbound.Event);
        using var body = new PooledBuffer(UsualBytes);
        if (Refuse(outbound, isChange, body) is { } refusal)
            return refusal;
        Uri endpoint = _endpoints.Choose();
        return await PostAsync(endpoint, isChange ? EventsAddress.ChangesBeside(endpoint) : endpoint, body, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Why the message cannot be sent; <see langword="null"/> where the body is written.</returns>
    private DeliveryResult? Refuse(in OutboundEvent outbound, bool isChange, PooledBuffer body)
    {
        try
        {
            if (isChange)
                _requests.WriteChange(outbound, body);
            else
                _requests.WriteAlert(outbound, body);
        }
        catch (MessageException exception)
        {
            return DeliveryResult.Failed(FailureKind.Rejected, exception.Message);
        }

        return body.Length > EventsLimits.BodyBytes
            ? DeliveryResult.Failed(FailureKind.TooLarge, "The message has more than the 512 KB that PagerDuty takes. Let the template write less of the event")
            : null;
    }

    /// <summary>
    /// Whether all that the message tells of is a change. One for several events has the type of the event that stands for them; that the
    /// others have it too is certain only where the group begins with it. What is not certain is an alert, and what follows an alert too:
    /// PagerDuty drops what acknowledges or resolves an alert that it does not know.
    /// </summary>
    private bool IsChange(AuditEvent auditEvent)
    {
        if (!IsChangeType(auditEvent.Type))
            return false;
        var alert = new Alert(auditEvent);
        return alert.Action == AlertAction.Trigger && (alert.Total == 1 || IsGroupOfType(alert.Group, auditEvent.Type));
    }

    private bool IsChangeType(EventValue type)
    {
        foreach (byte[] changeType in _changeTypes)
        {
            if (type.Equals(changeType))
                return true;
        }

        return false;
    }

    private static bool IsGroupOfType(EventValue group, EventValue type)
    {
        using var words = new DecodedText(group);
        using var word = new DecodedText(type);
        return words.Utf8.StartsWith(word.Utf8) && (words.Utf8.Length == word.Utf8.Length || words.Utf8[word.Utf8.Length] == (byte)' ');
    }

    private async ValueTask<DeliveryResult> PostAsync(Uri endpoint, Uri address, PooledBuffer body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = HttpPayload.Create(body.Written, "application/json") };
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, EventsAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        return EventsAnswer.Read(response, answer, RetryAfter.Of(response, _context.Time));
    }
}
