using System.Text;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>
/// Makes the body of a request of what a format or template wrote: its members are copied, and what it leaves out is added from the settings
/// and the event. The integration key is the connector's alone; no message needs to know it, and none can replace it.
/// </summary>
internal sealed class EventsRequest
{
    private readonly byte[] _key;
    private readonly EventsPayload _payload;
    private readonly byte[] _client;
    private readonly byte[]? _clientUrl;
    private readonly byte[]? _links;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public EventsRequest(PagerDutySettings settings)
    {
        _key = Encoding.ASCII.GetBytes(CheckKey(settings.IntegrationKey));
        _payload = new EventsPayload(new SeverityWords(settings.SeverityMapping));
        _client = Encoding.UTF8.GetBytes(settings.Client);
        _clientUrl = settings.ClientUrl is { } url ? Encoding.UTF8.GetBytes(LinkList.Check("client_url", url)) : null;
        _links = LinkList.Write(settings.Links);
        if (settings.ChangeEvents.Count > 0 && settings.IntegrationKey[0] == 'R')
            throw new SettingsException("change_events", "PagerDuty takes no change events with a ruleset's key, which begins with R. Use the integration key of a service, or remove change_events");
    }

    /// <summary>Whether the key has the length of PagerDuty's; others are refused there, but may do for a relay.</summary>
    public bool HasUsualKey => _key.Length == 32;

    /// <summary>Writes an alert: what opens it, or the little that acknowledges or resolves one.</summary>
    /// <exception cref="MessageException">PagerDuty could not take it.</exception>
    public void WriteAlert(in OutboundEvent outbound, PooledBuffer body)
    {
        var message = EventsMessage.Read(outbound.Payload.Span);
        AlertAction action = message.ActionOr(new Alert(outbound.Event).Action);
        var json = new JsonWriter(body);
        Begin(ref json);
        json.Member("event_action"u8, action switch
        {
            AlertAction.Acknowledge => "acknowledge"u8,
            AlertAction.Resolve => "resolve"u8,
            _ => "trigger"u8,
        });
        json.Name("dedup_key"u8);
        json.String(message.DedupKey is { Kind: EventValueKind.String, Raw.IsEmpty: false } own
            ? AlertKey.Fit(own.ToString(), EventsLimits.DedupKeyCharacters)
            : AlertKey.Of(outbound, EventsLimits.DedupKeyCharacters));
        if (action == AlertAction.Trigger)
        {
            _payload.Write(ref json, message.Payload, outbound.Event, isChange: false);
            CopyOthers(ref json, message, isChange: false);
            if (!message.HasClient)
                json.Member("client"u8, _client);
            if (!message.HasClientUrl)
                json.Member("client_url"u8, _clientUrl);
            WriteLinks(ref json, message);
        }

        json.EndObject();
        json.Flush();
    }

    /// <summary>Writes a change event, which has neither action nor key nor severity.</summary>
    /// <exception cref="MessageException">PagerDuty could not take it.</exception>
    public void WriteChange(in OutboundEvent outbound, PooledBuffer body)
    {
        var message = EventsMessage.Read(outbound.Payload.Span);
        var json = new JsonWriter(body);
        Begin(ref json);
        _payload.Write(ref json, message.Payload, outbound.Event, isChange: true);
        CopyOthers(ref json, message, isChange: true);
        WriteLinks(ref json, message);
        json.EndObject();
        json.Flush();
    }

    /// <summary>Writes a resolve of an alert that there never is: PagerDuty accepts and drops it.</summary>
    public void WriteProbe(PooledBuffer body)
    {
        var json = new JsonWriter(body);
        Begin(ref json);
        json.Member("event_action"u8, "resolve"u8);
        json.Member("dedup_key"u8, "audithost:probe"u8);
        json.EndObject();
        json.Flush();
    }

    private static void CopyOthers(ref JsonWriter json, scoped in EventsMessage message, bool isChange)
    {
        var members = new JsonMembers(message.Json);
        while (members.MoveNext())
        {
            if (members.Is("routing_key"u8) || members.Is("event_action"u8) || members.Is("dedup_key"u8) || members.Is("payload"u8))
                continue;
            if (isChange && (members.Is("client"u8) || members.Is("client_url"u8) || members.Is("images"u8)))
                continue;
            json.Name(members.Name);
            json.Json(members.Json);
        }
    }

    private static string CheckKey(string key)
    {
        if (key.Length == 0)
            throw new SettingsException("integration_key", "Empty. Give it the integration key of a service's Events API V2 integration");
        return key.All(char.IsAsciiLetterOrDigit)
            ? key
            : throw new SettingsException("integration_key", "Has other characters than letters and digits. Use the integration key of a service's Events API V2 integration, not an API access key");
    }

    private void Begin(ref JsonWriter json)
    {
        json.BeginObject();
        json.Name("routing_key"u8);
        json.Quoted(_key);
    }

    private void WriteLinks(ref JsonWriter json, scoped in EventsMessage message)
    {
        if (_links is null || message.HasLinks)
            return;
        json.Name("links"u8);
        json.Literal(_links);
    }
}
