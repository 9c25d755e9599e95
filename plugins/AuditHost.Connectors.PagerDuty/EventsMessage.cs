using System.Text.Json;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>What a format or template wrote, as far as the connector has to know it.</summary>
internal readonly ref struct EventsMessage
{
    private EventsMessage(ReadOnlySpan<byte> json)
    {
        Json = json;
        var members = new JsonMembers(json);
        while (members.MoveNext())
        {
            if (members.Is("event_action"u8))
                Action = members.Value;
            else if (members.Is("dedup_key"u8))
                DedupKey = members.Value;
            else if (members.Is("payload"u8))
                Payload = members.Value;
            else if (members.Is("client"u8))
                HasClient = true;
            else if (members.Is("client_url"u8))
                HasClientUrl = true;
            else if (members.Is("links"u8))
                HasLinks = true;
        }
    }

    public ReadOnlySpan<byte> Json { get; }

    public EventValue DedupKey { get; }

    public EventValue Payload { get; }

    public bool HasClient { get; }

    public bool HasClientUrl { get; }

    public bool HasLinks { get; }

    private EventValue Action { get; }

    /// <exception cref="MessageException">It is no JSON object.</exception>
    public static EventsMessage Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return new EventsMessage(json);
        }
        catch (JsonException)
        {
            throw new MessageException("The message is no JSON object. Use format pagerduty, or a template that writes one");
        }
    }

    /// <summary>The message's own action; without one, the one given.</summary>
    /// <exception cref="MessageException">It is none of PagerDuty's.</exception>
    public AlertAction ActionOr(AlertAction otherwise)
    {
        if (!Action.HasValue)
            return otherwise;
        return AlertActions.TryParse(Action, out AlertAction action)
            ? action
            : throw new MessageException("The message's event_action is none that PagerDuty knows. Use trigger, acknowledge or resolve");
    }
}
