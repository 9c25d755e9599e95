using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Responders of the settings as JSON, checked and written once.</summary>
internal static class ResponderList
{
    /// <returns>The array; <see langword="null"/> where there are none.</returns>
    /// <exception cref="SettingsException">One cannot be found by what is said of it.</exception>
    public static byte[]? Write(string setting, IReadOnlyList<Responder> responders, OpsGenieApi api)
    {
        if (responders.Count == 0)
            return null;
        if (responders.Count > AlertLimits.Responders)
            throw new SettingsException(setting, $"More than {AlertLimits.Responders}, which is as many as an alert takes. Name a team or an escalation instead");
        using var written = new PooledBuffer(1024);
        var json = new JsonWriter(written);
        json.BeginArray();
        for (int i = 0; i < responders.Count; i++)
            Write(ref json, $"{setting}[{i}]", responders[i], api);
        json.EndArray();
        json.Flush();
        return written.Written.ToArray();
    }

    /// <exception cref="SettingsException">One can be told but not shown.</exception>
    public static void CheckVisible(IReadOnlyList<Responder> visibleTo)
    {
        for (int i = 0; i < visibleTo.Count; i++)
        {
            if (visibleTo[i].Type is not (ResponderType.Team or ResponderType.User))
                throw new SettingsException($"visible_to[{i}]", "Neither a team nor a user. Others cannot see alerts; put it under responders");
        }
    }

    private static void Write(ref JsonWriter json, string setting, Responder responder, OpsGenieApi api)
    {
        if (string.IsNullOrWhiteSpace(responder.Id) == string.IsNullOrWhiteSpace(responder.Name))
            throw new SettingsException(setting, "Has neither id nor name, or both. Give it its id");
        if (api == OpsGenieApi.JiraServiceManagement && responder.Id is null)
            throw new SettingsException(setting, "Has a name, and Jira Service Management finds responders by id alone. Give it its id");
        json.BeginObject();
        json.Member("type"u8, responder.Type switch
        {
            ResponderType.User => "user"u8,
            ResponderType.Escalation => "escalation"u8,
            ResponderType.Schedule => "schedule"u8,
            _ => "team"u8,
        });
        json.Name(responder.Id is not null ? "id"u8 : responder.Type == ResponderType.User ? "username"u8 : "name"u8);
        json.String(responder.Id ?? responder.Name!);
        json.EndObject();
    }
}
