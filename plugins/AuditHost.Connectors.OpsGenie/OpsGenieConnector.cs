using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Sends each message as one request to the alert API, and where asked waits until it is processed.</summary>
internal sealed class OpsGenieConnector : IConnector
{
    private const int UsualBytes = 4096;

    /// <summary>The id of a request that there never was.</summary>
    private const string NoRequest = "00000000-0000-0000-0000-000000000000";

    /// <summary>The alias of an alert that there never is.</summary>
    private const string NoAlert = "audithost:probe";

    private readonly OpsGenieApi _api;
    private readonly AlertsAddress _address;
    private readonly HttpEndpoints _endpoints;
    private readonly AlertBody _bodies;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly Confirmation? _confirmation;
    private readonly PluginContext _context;
    private int _isSlowed;

    private OpsGenieConnector(OpsGenieSettings settings, PluginContext context, AuthenticationHeaderValue authorization)
    {
        _context = context;
        _authorization = authorization;
        _api = settings.Api;
        _address = AlertsAddress.Of(settings);
        _endpoints = _address.Parse(settings, context.Time);
        _bodies = new AlertBody(settings);
        _confirmation = settings.Confirm ? Confirmation.Create(settings, _address, authorization, _endpoints, context) : null;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static OpsGenieConnector Create(OpsGenieSettings settings, PluginContext context)
    {
        string key = HttpHeader.CheckValue("api_key", settings.ApiKey);
        if (key.Length == 0)
            throw new SettingsException("api_key", "Empty. Give it the key of an API integration");
        if (settings is { Api: OpsGenieApi.JiraServiceManagement, Region: not OpsGenieRegion.UnitedStates })
            throw new SettingsException("region", "Jira Service Management has one address for all regions. Remove it, or set api: opsgenie");
        var connector = new OpsGenieConnector(settings, context, new AuthenticationHeaderValue("GenieKey", key));
        if (settings.Api == OpsGenieApi.OpsGenie)
            context.Log(EventLevel.Warning, "Atlassian ends OpsGenie on 2027-04-05, and deletes its data. Make an API integration in Jira Service Management and set api: jira_service_management with its key.");
        return connector;
    }

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        new SingleDelivery(batch, SendAsync).RunAsync(cancellationToken);

    /// <summary>
    /// OpsGenie is asked for a request that there never was. The integrations' API of Jira Service Management can only be written to: it is told
    /// to close an alert that nobody opens, which it queues and drops. Both show whether the key is known.
    /// </summary>
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _endpoints.ProbeAsync(async endpoint =>
    {
        using var request = _api == OpsGenieApi.OpsGenie
            ? new HttpRequestMessage(HttpMethod.Get, _address.Status(endpoint, NoRequest))
            : new HttpRequestMessage(HttpMethod.Post, AlertsAddress.Action(endpoint, NoAlert, "close")) { Content = HttpPayload.Create("{}"u8.ToArray(), "application/json") };
        request.Headers.Authorization = _authorization;
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, AlertAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        bool isReached = response.StatusCode == HttpStatusCode.TooManyRequests
            || (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NotFound && answer.Root is { ValueKind: JsonValueKind.Object });
        if (!isReached)
            throw new HttpRequestException(AlertAnswer.Failure(response, answer, isAction: false, _context.Time).Reason, inner: null, response.StatusCode);
    });

    private async ValueTask<DeliveryResult> SendAsync(OutboundEvent outbound, string contentType, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(UsualBytes);
        AlertAction action;
        string alias;
        try
        {
            (action, alias) = Write(outbound, body);
        }
        catch (MessageException exception)
        {
            return DeliveryResult.Failed(FailureKind.Rejected, exception.Message);
        }

        if (_confirmation is not null && await _confirmation.FindAsync(action, alias, body.Written, cancellationToken).ConfigureAwait(false) is { } former)
            return former;
        Uri endpoint = _endpoints.Choose();
        using var request = new HttpRequestMessage(HttpMethod.Post, action switch
        {
            AlertAction.Acknowledge => AlertsAddress.Action(endpoint, alias, "acknowledge"),
            AlertAction.Resolve => AlertsAddress.Action(endpoint, alias, "close"),
            _ => endpoint,
        });
        request.Content = HttpPayload.Create(body.Written, "application/json");
        request.Headers.Authorization = _authorization;
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, AlertAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        WatchPace(AlertAnswer.IsSlowed(response));
        if (AlertAnswer.QueuedAs(response, answer) is not { } requestId)
            return AlertAnswer.Failure(response, answer, isAction: action != AlertAction.Trigger, _context.Time);
        return _confirmation is null
            ? DeliveryResult.Acknowledged(requestId).WithResponse((int)response.StatusCode, null)
            : await _confirmation.WaitAsync(new QueuedRequest(endpoint, requestId, action, alias, body.Written.ToArray()), cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="MessageException">The message cannot be sent.</exception>
    private (AlertAction Action, string Alias) Write(in OutboundEvent outbound, PooledBuffer body)
    {
        var message = AlertMessage.Read(outbound.Payload.Span);
        AlertAction action = message.ActionFor(outbound.Event);
        string alias = message.AliasFor(outbound);
        if (action == AlertAction.Trigger)
            _bodies.WriteAlert(message, alias, outbound.Event, body);
        else
            _bodies.WriteAction(message, body);
        return (action, alias);
    }

    /// <summary>Says once when requests are slowed down, and once when that is over.</summary>
    private void WatchPace(bool slowed)
    {
        if (Interlocked.Exchange(ref _isSlowed, slowed ? 1 : 0) == (slowed ? 1 : 0))
            return;
        if (slowed)
            _context.Log(EventLevel.Warning, "Requests are being slowed down: the limit of the integration or account is reached.");
        else
            _context.Log(EventLevel.Informational, "Requests are no longer slowed down.");
    }
}
