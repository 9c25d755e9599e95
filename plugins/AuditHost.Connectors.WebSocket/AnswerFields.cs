using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.WebSocket;

/// <summary>Where in an answer what stands.</summary>
internal sealed class AnswerFields
{
    private readonly bool _hasEnvelope;

    private AnswerFields(WebSocketSettings settings)
    {
        AcknowledgementName = settings.AcknowledgementField;
        Acknowledgement = AnswerField.Parse("acknowledgement_field", settings.AcknowledgementField);
        Refusal = AnswerField.Parse("refusal_field", settings.RefusalField);
        Reason = AnswerField.Parse("reason_field", settings.ReasonField);
        Retry = AnswerField.Parse("retry_field", settings.RetryField);
        _hasEnvelope = settings.Envelope;
    }

    public string AcknowledgementName { get; }

    public AnswerField Acknowledgement { get; }

    public AnswerField Refusal { get; }

    public AnswerField Reason { get; }

    public AnswerField Retry { get; }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static AnswerFields Create(WebSocketSettings settings, string? idPath)
    {
        (string Setting, string Path)[] all =
        [
            ("acknowledgement_field", settings.AcknowledgementField), ("refusal_field", settings.RefusalField),
            ("reason_field", settings.ReasonField), ("retry_field", settings.RetryField),
        ];
        if (all.GroupBy(one => one.Path).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new SettingsException(same.Last().Setting, $"The same field as {same.First().Setting}. Each needs one of its own");
        if (!settings.Envelope && settings.AcknowledgementField == idPath)
            throw new SettingsException("acknowledgement_field", "The same field as the id has in the events: a server that sends back what it gets would acknowledge everything. Let it answer with another field");
        return new AnswerFields(settings);
    }

    /// <summary>Whether this is a message of our own that came back, as a server does that is no collector.</summary>
    public bool IsEcho(ReadOnlySpan<byte> answer)
    {
        if (!_hasEnvelope)
            return false;
        var members = new JsonMembers(answer);
        while (members.MoveNext())
        {
            if (members.Is("event"u8) || members.Is("events"u8))
                return true;
        }

        return false;
    }
}
