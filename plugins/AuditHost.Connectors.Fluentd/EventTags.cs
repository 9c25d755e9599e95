using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Fluentd;

/// <summary>The tag of each event: the same for all, or what a template makes of it.</summary>
internal sealed class EventTags : IDisposable
{
    // A template that makes a tag of an event's id would have this grow without end.
    private const int MaxKnown = 1024;

    private readonly IEventFormatter? _template;
    private readonly MessagePackBuffer _scratch = new();
    private readonly Dictionary<byte[], byte[]> _known = new(Utf8Comparer.Instance);
    private readonly byte[] _constant;

    private EventTags(byte[] constant, IEventFormatter? template)
    {
        _constant = constant;
        _template = template;
    }

    /// <exception cref="SettingsException">It is no tag.</exception>
    public static EventTags Create(string tag, PluginContext context)
    {
        if (string.IsNullOrWhiteSpace(tag))
            throw new SettingsException("tag", "Empty. Give it a tag such as copybook.audit");
        if (tag.Contains("{{", StringComparison.Ordinal))
            return new EventTags([], Compile(tag, context));
        if (tag.Any(one => char.IsWhiteSpace(one) || char.IsControl(one)))
            throw new SettingsException("tag", "Has white space in it, which Fluentd's patterns cannot match. Use letters, digits, '_' and '.'");
        return new EventTags(Encoding.UTF8.GetBytes(tag), template: null);
    }

    /// <summary>An event's tag, as the same array for the same text.</summary>
    /// <exception cref="FormatException">The template makes none of it.</exception>
    public byte[] Of(AuditEvent auditEvent)
    {
        if (_template is null)
            return _constant;
        _scratch.Length = 0;
        _template.Format(auditEvent, _scratch);
        ReadOnlySpan<byte> text = _scratch.Written.Span.Trim(" \t\r\n"u8);
        if (text.IsEmpty || text.ContainsAnyInRange((byte)0, (byte)' '))
            throw new FormatException("the template made an empty tag of it, or one with white space");
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(text, out byte[]? known))
            return known;
        if (_known.Count >= MaxKnown)
            _known.Clear();
        known = text.ToArray();
        _known.Add(known, known);
        return known;
    }

    public void Dispose() => _scratch.Dispose();

    private static IEventFormatter Compile(string tag, PluginContext context)
    {
        try
        {
            return context.CompileTemplate(tag);
        }
        catch (SettingsException exception)
        {
            throw new SettingsException("tag", exception.Message, exception);
        }
    }
}
