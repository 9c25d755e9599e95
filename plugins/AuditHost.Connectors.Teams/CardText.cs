using System.Globalization;
using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Teams;

/// <summary>
/// One text of a card. Cards read a part of Markdown in texts and facts ("Format cards in Teams"), so what means something there has a
/// backslash before it, the backslash too: an event's text can hold neither a link nor emphasis. What is too long ends in an ellipsis.
/// </summary>
/// <param name="target">Has room for as many bytes as the text may have, and for the markup.</param>
/// <param name="limit">The most bytes that the event's texts take in JSON.</param>
internal ref struct CardText(Span<byte> target, int limit)
{
    private readonly Span<byte> _target = target;
    private int _left = limit - "…"u8.Length;
    private int _used;
    private bool _isCut;

    /// <summary>What was written, in UTF-8.</summary>
    public readonly ReadOnlySpan<byte> Written => _target[.._used];

    /// <summary>Writes what is not the event's, as it stands. It is never cut.</summary>
    public void Markup(scoped ReadOnlySpan<byte> markup)
    {
        markup.CopyTo(_target[_used..]);
        _used += markup.Length;
    }

    /// <summary>Writes a number.</summary>
    public void Number(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out int written, default, CultureInfo.InvariantCulture);
        Markup(digits[..written]);
    }

    /// <summary>Writes a value of the event.</summary>
    public void Value(EventValue value)
    {
        using var text = new DecodedText(value);
        Value(text.Utf8);
    }

    /// <summary>Writes text of the event.</summary>
    /// <param name="text">UTF-8.</param>
    public void Value(scoped ReadOnlySpan<byte> text)
    {
        Span<byte> escaped = stackalloc byte[5];
        escaped[0] = (byte)'\\';
        while (!text.IsEmpty && !_isCut)
        {
            Rune.DecodeFromUtf8(text, out Rune character, out int read);
            text = text[read..];
            character = ShownText.Of(character);
            int written = character.EncodeToUtf8(escaped[1..]);
            int from = IsMarkdown(character) ? 0 : 1;
            Add(escaped[from..(written + 1)]);
        }
    }

    private static bool IsMarkdown(Rune character) => character.Value is '\\' or '[' or ']' or '(' or ')' or '*' or '_';

    private void Add(scoped ReadOnlySpan<byte> escaped)
    {
        // In JSON, quotes and backslashes have a backslash before them.
        int bytes = escaped.Length + escaped.Count((byte)'\\') + escaped.Count((byte)'"');
        _isCut = bytes > _left;
        _left -= bytes;
        Markup(_isCut ? "…"u8 : escaped);
    }
}
