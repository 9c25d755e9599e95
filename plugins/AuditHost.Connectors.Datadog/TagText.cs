using System.Text;

namespace AuditHost.Connectors.Datadog;

/// <summary>
/// Tags in the form that Datadog gives them anyway ("Getting Started with Tags"): lower case, every character but letters, digits and <c>_-:./</c> an
/// underscore. Done here, so that two texts that are one tag there are one series here: of two series of a name, tags and second the last one counts.
/// </summary>
internal static class TagText
{
    /// <summary>The most of a value, of the 200 characters that a tag may have.</summary>
    public const int MaxValueBytes = 128;

    /// <summary>Writes a value; a run of underscores is one, and neither one nor a colon ends it.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="target">Has room for <see cref="MaxValueBytes"/>.</param>
    /// <returns>How much was written.</returns>
    public static int Normalize(ReadOnlySpan<byte> text, Span<byte> target)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune character, out int length);
            text = text[length..];
            Rune one = IsAllowed(character) ? Rune.ToLowerInvariant(character) : new Rune('_');
            if (one.Value == '_' && written > 0 && target[written - 1] == '_')
                continue;
            if (written + one.Utf8SequenceLength > MaxValueBytes)
                break;
            written += one.EncodeToUtf8(target[written..]);
        }

        while (written > 0 && (target[written - 1] is (byte)'_' or (byte)':'))
            written--;
        return written;
    }

    public static string Normalize(string text)
    {
        Span<byte> target = stackalloc byte[MaxValueBytes];
        return Encoding.UTF8.GetString(target[..Normalize(Encoding.UTF8.GetBytes(text), target)]);
    }

    private static bool IsAllowed(Rune character) => Rune.IsLetterOrDigit(character) || character.Value is '_' or '-' or ':' or '.' or '/';
}
