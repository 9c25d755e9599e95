using System.Text.Json;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>What a format or template wrote, as far as the connector has to know it before it copies it.</summary>
internal readonly ref struct AlertMessage
{
    private AlertMessage(ReadOnlySpan<byte> json)
    {
        Json = json;
        var members = new JsonMembers(json);
        while (members.MoveNext())
        {
            if (members.Is("event_action"u8))
                Action = members.Value;
            else if (members.Is("alias"u8))
                Alias = members.Value;
            else if (members.Is("message"u8))
                Message = members.Value;
        }
    }

    public ReadOnlySpan<byte> Json { get; }

    public EventValue Message { get; }

    private EventValue Alias { get; }

    private EventValue Action { get; }

    /// <exception cref="MessageException">It is no JSON object.</exception>
    public static AlertMessage Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return new AlertMessage(json);
        }
        catch (JsonException)
        {
            throw new MessageException("The message is no JSON object. Use format opsgenie, or a template that writes one");
        }
    }

    /// <summary>The message's own action, by which a template can acknowledge; without one, that of the host's alert hygiene.</summary>
    /// <exception cref="MessageException">It is none.</exception>
    public AlertAction ActionFor(AuditEvent auditEvent)
    {
        if (!Action.HasValue)
            return new Alert(auditEvent).Action;
        return AlertActions.TryParse(Action, out AlertAction action)
            ? action
            : throw new MessageException("The message's event_action is none that there is. Use trigger, acknowledge or resolve");
    }

    /// <summary>The message's own alias; without one, that of the alert.</summary>
    /// <exception cref="MessageException">It cannot stand in an address.</exception>
    public string AliasFor(in OutboundEvent outbound)
    {
        string alias = Alias is { Kind: EventValueKind.String, Raw.IsEmpty: false }
            ? AlertKey.Fit(Alias.ToString(), AlertLimits.Alias)
            : AlertKey.Of(outbound, AlertLimits.Alias);
        return alias is "." or ".."
            ? throw new MessageException("The message's alias is a dot or two, which no address can hold. Give it another")
            : alias;
    }
}
