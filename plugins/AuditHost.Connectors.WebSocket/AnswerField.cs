using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.WebSocket;

/// <summary>One value of an answer, by its dotted path.</summary>
internal sealed class AnswerField
{
    private readonly byte[][] _names;

    private AnswerField(byte[][] names)
    {
        _names = names;
    }

    /// <exception cref="SettingsException">It is no path.</exception>
    public static AnswerField Parse(string setting, string path)
    {
        string[] names = path.Split('.');
        return Array.TrueForAll(names, name => name.Length > 0 && name.Trim().Length == name.Length)
            ? new AnswerField([.. names.Select(Encoding.UTF8.GetBytes)])
            : throw new SettingsException(setting, "Not a path. Name a member of the answer, or members with dots between them");
    }

    /// <summary>The value in an answer; missing where it has none.</summary>
    /// <exception cref="System.Text.Json.JsonException">The answer is no JSON object.</exception>
    public EventValue Find(ReadOnlySpan<byte> answer)
    {
        EventValue value = new(EventValueKind.Object, answer);
        foreach (byte[] name in _names)
        {
            if (value.Kind != EventValueKind.Object)
                return default;
            value = Member(value.Raw, name);
        }

        return value;
    }

    private static EventValue Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        EventValue found = default;
        var members = new JsonMembers(json);
        while (members.MoveNext())
        {
            if (members.Is(name))
                found = members.Value;
        }

        return found;
    }
}
