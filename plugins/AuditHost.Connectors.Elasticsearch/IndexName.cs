using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// What Elasticsearch takes as the name of an index or data stream ("Create index API", "Path parameters"): lower-case, none of
/// <c>\ / * ? " &lt; &gt; | , # :</c> and space, not beginning with <c>- _ +</c>, at most 255 bytes. Of the
/// rest only small letters, digits and <c>- _ . + @</c> are taken here, so that a name stands in an address as it is.
/// </summary>
internal static class IndexName
{
    public const int MaxBytes = 255;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.+@");

    /// <param name="setting">The setting it stands in.</param>
    /// <param name="name">The name, or the beginning of one.</param>
    /// <param name="room">How many bytes are put behind it.</param>
    /// <exception cref="SettingsException">It is none.</exception>
    public static string Check(string setting, string? name, int room = 0)
    {
        if (string.IsNullOrEmpty(name))
            throw new SettingsException(setting, "Empty. Give it a name, for instance copybook-audit");
        if (name.Any(char.IsAsciiLetterUpper))
            throw new SettingsException(setting, "Has capital letters, which Elasticsearch refuses. Use small ones");
        if (name.AsSpan().ContainsAnyExcept(Allowed))
            throw new SettingsException(setting, "Has a character that cannot stand in the name of an index. Use small letters, digits, '-', '_' and '.'");
        if (name[0] is '-' or '_' or '+' || name is "." or "..")
            throw new SettingsException(setting, "Begins with '-', '_' or '+', which Elasticsearch refuses. Begin with a letter or digit");
        return name.Length + room <= MaxBytes ? name : throw new SettingsException(setting, $"Longer than Elasticsearch takes. Use at most {MaxBytes - room} characters");
    }
}
