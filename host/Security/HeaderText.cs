using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Security;

/// <summary>Keeps what a site file puts into a header from becoming a second header. Errors never quote a value.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static string CheckName(string setting, string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters)
            ? name
            : throw new SettingsException(setting, "Not a header name. Use letters, digits and '-'");

    public static string CheckValue(string setting, string value)
    {
        if (value.Length == 0)
            throw new SettingsException(setting, "Empty. Is its secret filled in?");
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new SettingsException(setting, "Has a line break or another character that cannot stand in a header. Does its file end in a line break?");
        return value[0] != ' ' && value[^1] != ' ' ? value : throw new SettingsException(setting, "Begins or ends with a space. Remove it");
    }
}
