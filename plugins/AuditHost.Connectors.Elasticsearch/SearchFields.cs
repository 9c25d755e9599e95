using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>The fields of the documents that a search asks and lists.</summary>
internal sealed class SearchFields
{
    private SearchFields(string id, string type, string severity, string user)
    {
        (Id, Type, Severity, User) = (id, type, severity, user);
        (IdName, TypeName, SeverityName, UserName) = (Utf8(id), Utf8(type), Utf8(severity), Utf8(user));
    }

    public string Id { get; }

    public string Type { get; }

    public string Severity { get; }

    public string User { get; }

    public byte[] IdName { get; }

    public byte[] TypeName { get; }

    public byte[] SeverityName { get; }

    public byte[] UserName { get; }

    /// <summary>Those of the format <c>elasticsearch</c>.</summary>
    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static SearchFields OfEvents(SearchFieldSettings settings) => Create(settings, "event_id", "event_type", "severity", "search_fields.user");

    /// <summary>Those of the Elastic Common Schema.</summary>
    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static SearchFields OfEcs(SearchFieldSettings settings) => Create(settings, "event.id", "event.code", "log.level", "user.name");

    private static SearchFields Create(SearchFieldSettings settings, string id, string type, string severity, string user) => new(
        Check("id", settings.Id ?? id), Check("type", settings.Type ?? type), Check("severity", settings.Severity ?? severity), Check("user", settings.User ?? user));

    private static string Check(string setting, string name) =>
        name.Length > 0 && name[0] != '.' && name[^1] != '.' && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '.' or '-' or '@')
            ? name
            : throw new SettingsException($"search_fields.{setting}", "Not the name of a field. Use letters, digits, '_', '-' and '@', with dots between names");

    private static byte[] Utf8(string name) => Encoding.ASCII.GetBytes(name);
}
