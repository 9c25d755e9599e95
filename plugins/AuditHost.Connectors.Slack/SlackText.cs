using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>
/// One text of a message. Of an event's text <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are escaped, and nothing else is ("Formatting text for app surfaces"): so
/// it can hold neither a mention nor a link. What is too long ends in an ellipsis, never inside a character or an entity.
/// </summary>
/// <param name="target">Has room for a byte for each unit of weight, and for the markup.</param>
/// <param name="weight">The most weight of the event's texts.</param>
/// <param name="length">The most UTF-16 units of all.</param>
internal ref struct SlackText(Span<byte> target, int weight, int length = int.MaxValue)
{
    private const int EllipsisWeight = 6;
    private const int LongestCharacter = 5;

    private readonly Span<byte> _target = target;
    private int _weight = weight - EllipsisWeight;
    private int _length = length - 1;
    private int _used;
    private bool _isCut;

    /// <summary>What was written, in UTF-8.</summary>
    public readonly ReadOnlySpan<byte> Written => _target[.._used];

    /// <summary>Writes what is not the event's, as it stands. It is never cut.</summary>
    /// <param name="markup">ASCII.</param>
    public void Markup(scoped ReadOnlySpan<byte> markup)
    {
        markup.CopyTo(_target[_used..]);
        _used += markup.Length;
        _length -= markup.Length;
    }

    /// <summary>Writes a number.</summary>
    public void Number(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out int written, default, System.Globalization.CultureInfo.InvariantCulture);
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
    /// <param name="isCode">Whether it stands between back-ticks, which it cannot have then: they become apostrophes.</param>
    public void Value(scoped ReadOnlySpan<byte> text, bool isCode = false)
    {
        Span<byte> escaped = stackalloc byte[LongestCharacter];
        while (!text.IsEmpty && !_isCut)
        {
            Rune.DecodeFromUtf8(text, out Rune character, out int read);
            text = text[read..];
            character = isCode && character.Value == '`' ? new Rune('\'') : ShownText.Of(character);
            int written = Escape(character, escaped);
            bool isEntity = character.Value is '&' or '<' or '>';
            Add(escaped[..written], WeightOf(character, written), isEntity ? written : character.Utf16SequenceLength);
        }
    }

    private static int Escape(Rune character, Span<byte> target)
    {
        ReadOnlySpan<byte> entity = character.Value switch
        {
            '&' => "&amp;"u8,
            '<' => "&lt;"u8,
            '>' => "&gt;"u8,
            _ => default,
        };
        if (entity.IsEmpty)
            return character.EncodeToUtf8(target);
        entity.CopyTo(target);
        return entity.Length;
    }

    /// <summary>A <c>\u</c> for each UTF-16 unit beyond ASCII; a backslash before quotes, slashes and backslashes.</summary>
    private static int WeightOf(Rune character, int written) => character.Value switch
    {
        > 0x7F => 6 * character.Utf16SequenceLength,
        '"' or '\\' or '/' => 2,
        _ => written,
    };

    private void Add(scoped ReadOnlySpan<byte> escaped, int weight, int length)
    {
        _isCut = weight > _weight || length > _length;
        ReadOnlySpan<byte> added = _isCut ? "…"u8 : escaped;
        added.CopyTo(_target[_used..]);
        _used += added.Length;
        _weight -= weight;
        _length -= length;
    }
}
