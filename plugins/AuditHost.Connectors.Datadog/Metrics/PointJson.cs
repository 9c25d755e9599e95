using System.Globalization;
using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>What series and distributions have in common in JSON.</summary>
internal sealed class PointJson(IReadOnlyList<string> tags)
{
    private readonly byte[][] _tags = [.. tags.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Writes the tags of everything, and those of a series.</summary>
    public void WriteTags(ref JsonWriter json, SeriesFamily family, int series)
    {
        BeginTags(ref json);
        for (int tag = 0; tag < family.Tags.Count; tag++)
            WriteTag(ref json, family.Tags[tag].Name, family.TagOf(series, tag));
        json.EndArray();
    }

    /// <summary>Writes the tags of everything, and one.</summary>
    public void WriteTags(ref JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        BeginTags(ref json);
        WriteTag(ref json, name, value);
        json.EndArray();
    }

    /// <summary>Writes a number as short as it can be read back exactly.</summary>
    public static void WriteNumber(ref JsonWriter json, double number)
    {
        Span<byte> digits = stackalloc byte[32];
        number.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture);
        json.Literal(digits[..length]);
    }

    private void BeginTags(ref JsonWriter json)
    {
        json.Name("tags"u8);
        json.BeginArray();
        foreach (byte[] tag in _tags)
            json.String(tag);
    }

    // Nothing in a tag needs an escape: it has been normalized.
    private static void WriteTag(ref JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> tag = stackalloc byte[name.Length + 1 + value.Length];
        name.CopyTo(tag);
        tag[name.Length] = (byte)':';
        value.CopyTo(tag[(name.Length + 1)..]);
        json.Quoted(tag);
    }
}
