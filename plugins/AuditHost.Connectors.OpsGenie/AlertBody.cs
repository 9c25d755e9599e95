using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>
/// Makes the body that opens an alert of what a format or template wrote: its members are copied within the limits of each, and what it
/// leaves out is added from the settings and the event.
/// </summary>
internal sealed class AlertBody
{
    private readonly Priorities _priorities;
    private readonly byte[]? _responders;
    private readonly byte[]? _visibleTo;
    private readonly byte[][] _tags;
    private readonly byte[] _source;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public AlertBody(OpsGenieSettings settings)
    {
        _priorities = new Priorities(settings.PriorityMapping);
        _responders = ResponderList.Write("responders", settings.Responders, settings.Api);
        ResponderList.CheckVisible(settings.VisibleTo);
        _visibleTo = ResponderList.Write("visible_to", settings.VisibleTo, settings.Api);
        if (settings.Tags.Count > AlertLimits.Tags || settings.Tags.Any(tag => tag.Length is 0 or > AlertLimits.Tag))
            throw new SettingsException("tags", "More than 20, or one of them empty or of more than 50 characters. Shorten them");
        if (settings.Source.Length is 0 or > AlertLimits.Source)
            throw new SettingsException("source", "Empty, or of more than 100 characters. Shorten it");
        _tags = [.. settings.Tags.Select(Encoding.UTF8.GetBytes)];
        _source = Encoding.UTF8.GetBytes(settings.Source);
    }

    /// <summary>Writes what opens an alert.</summary>
    /// <exception cref="MessageException">The message cannot open one.</exception>
    public void WriteAlert(scoped in AlertMessage message, string alias, AuditEvent auditEvent, PooledBuffer body)
    {
        bool hasMessage = false, hasTags = false, hasSource = false, hasPriority = false, hasResponders = false, hasVisibleTo = false;
        var json = new JsonWriter(body);
        json.BeginObject();
        json.Name("alias"u8);
        json.String(alias);
        var members = new JsonMembers(message.Json);
        while (members.MoveNext())
        {
            if (members.Is("event_action"u8) || members.Is("alias"u8))
                continue;
            if (members.Is("tags"u8))
            {
                hasTags = true;
                WriteTags(ref json, members.Value);
            }
            else if (members.Is("details"u8))
            {
                WriteDetails(ref json, members.Value);
            }
            else if (LimitOf(members) is { } limit)
            {
                bool isWritten = WriteText(ref json, members.Name, members.Value, limit);
                hasMessage |= isWritten && members.Is("message"u8);
                hasSource |= isWritten && members.Is("source"u8);
            }
            else
            {
                hasPriority |= members.Is("priority"u8) && CheckPriority(members.Value);
                hasResponders |= members.Is("responders"u8);
                hasVisibleTo |= members.Is("visibleTo"u8);
                json.Name(members.Name);
                json.Json(members.Json);
            }
        }

        if (!hasMessage)
            throw new MessageException("The message has no text in message, which an alert needs. Give the template one");
        if (!hasSource)
            json.Member("source"u8, _source);
        if (!hasPriority)
            json.Member("priority"u8, _priorities.Of(auditEvent.Severity));
        if (!hasTags)
            WriteTags(ref json, default);
        if (!hasResponders)
            WriteList(ref json, "responders"u8, _responders);
        if (!hasVisibleTo)
            WriteList(ref json, "visibleTo"u8, _visibleTo);
        json.EndObject();
        json.Flush();
    }

    /// <summary>Writes what acknowledges or closes an alert: who does it, and what it says.</summary>
    public void WriteAction(scoped in AlertMessage message, PooledBuffer body)
    {
        var json = new JsonWriter(body);
        json.BeginObject();
        json.Member("source"u8, _source);
        WriteText(ref json, "note"u8, message.Message, AlertLimits.Note);
        json.EndObject();
        json.Flush();
    }

    private static int? LimitOf(scoped in JsonMembers members)
    {
        if (members.Is("message"u8))
            return AlertLimits.Message;
        if (members.Is("description"u8))
            return AlertLimits.Description;
        if (members.Is("entity"u8))
            return AlertLimits.Entity;
        if (members.Is("source"u8))
            return AlertLimits.Source;
        if (members.Is("user"u8))
            return AlertLimits.User;
        return members.Is("note"u8) ? AlertLimits.Note : null;
    }

    private static bool CheckPriority(EventValue value) => Priorities.Contains(value)
        ? true
        : throw new MessageException("The message's priority is none. Use P1, P2, P3, P4 or P5, or leave it to priority_mapping");

    /// <returns>Whether there is any text.</returns>
    private static bool WriteText(ref JsonWriter json, scoped ReadOnlySpan<byte> name, scoped EventValue value, int limit)
    {
        using var decoded = new DecodedText(value);
        ReadOnlySpan<byte> text = Utf8Text.CutCharacters(decoded.Utf8.Trim(" \t\r\n"u8), limit);
        json.Member(name, text);
        return !text.IsEmpty;
    }

    private static void WriteDetails(ref JsonWriter json, scoped EventValue details)
    {
        if (details.Kind != EventValueKind.Object)
            return;
        int left = AlertLimits.Details;
        json.Name("details"u8);
        json.BeginObject();
        var members = new JsonMembers(details.Raw);
        while (members.MoveNext())
            DetailsWriter.Write(ref json, members.Name, members.Value, ref left);
        json.EndObject();
    }

    private static void WriteList(ref JsonWriter json, scoped ReadOnlySpan<byte> name, byte[]? list)
    {
        if (list is null)
            return;
        json.Name(name);
        json.Literal(list);
    }

    /// <summary>The settings' tags first, so that those stay whatever an event brings.</summary>
    private void WriteTags(ref JsonWriter json, scoped EventValue tags)
    {
        if (_tags.Length == 0 && tags.Kind != EventValueKind.Array)
            return;
        int left = AlertLimits.Tags - _tags.Length;
        json.Name("tags"u8);
        json.BeginArray();
        foreach (byte[] tag in _tags)
            json.String(tag);
        var texts = new JsonTexts(tags.Kind == EventValueKind.Array ? tags.Raw : default);
        while (left > 0 && texts.MoveNext())
            left -= WriteTag(ref json, texts.Value) ? 1 : 0;
        json.EndArray();
    }

    private static bool WriteTag(ref JsonWriter json, scoped EventValue value)
    {
        using var decoded = new DecodedText(value);
        ReadOnlySpan<byte> tag = Utf8Text.CutCharacters(decoded.Utf8.Trim(" \t\r\n"u8), AlertLimits.Tag);
        if (tag.IsEmpty)
            return false;
        json.String(tag);
        return true;
    }
}
