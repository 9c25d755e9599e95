using System.Buffers;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ecs;

/// <summary>What the parts of a data stream's name may be (Elasticsearch, data stream naming; ECS 9.4, data stream fields).</summary>
internal static class EcsDataStream
{
    public const string DefaultNamespace = "default";

    private const int LongestPart = 100;

    private static readonly SearchValues<char> NotInParts = SearchValues.Create("-\\/*?\"<>|,#: \t\r\n");

    /// <summary>Checks one part.</summary>
    /// <exception cref="SettingsException">Elasticsearch would refuse the data stream.</exception>
    public static void Check(string setting, string value)
    {
        if (value.Length == 0)
            throw new SettingsException(setting, $"'{setting}' is empty; leave it out, or name a part of the data stream.");
        if (Encoding.UTF8.GetByteCount(value) > LongestPart)
            throw new SettingsException(setting, $"'{setting}' is longer than {LongestPart} bytes.");
        if (value.AsSpan().ContainsAny(NotInParts) || value.Any(char.IsControl))
            throw new SettingsException(setting, $"'{setting}' is '{value}'; a data stream's name cannot hold a hyphen there, nor spaces and any of \\ / * ? \" < > | , # :.");
        if (value.Any(char.IsUpper))
            throw new SettingsException(setting, $"'{setting}' is '{value}'; it must be in lower case.");
        if (value is "." or "..")
            throw new SettingsException(setting, $"'{setting}' is '{value}', which Elasticsearch takes for a folder; name a part of the data stream.");
    }

    /// <summary>The object <c>data_stream</c>, as JSON.</summary>
    public static byte[] ToJson(string dataset, string space) =>
        Encoding.UTF8.GetBytes($$"""{"type":"logs","dataset":"{{dataset}}","namespace":"{{space}}"}""");
}
