using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Loki;

/// <summary>Writes the labels of an event's stream: those of the site file, and a few fields of the event.</summary>
internal sealed class LabelSet
{
    /// <summary>Fields whose values nobody can count: each would be a stream of its own.</summary>
    private static readonly LokiField[] Unbounded = [LokiField.EventId, LokiField.User, LokiField.OperationId];

    private readonly byte[] _fixed;
    private readonly EnvelopeField[] _fields;

    private LabelSet(byte[] fixedMembers, EnvelopeField[] fields)
    {
        _fixed = fixedMembers;
        _fields = fields;
    }

    /// <exception cref="SettingsException">Loki would refuse them.</exception>
    public static LabelSet Of(LokiSettings settings)
    {
        foreach ((string name, string value) in settings.Labels)
            Check($"labels.{name}", name, value);
        foreach (LokiField field in settings.LabelFields.Where(Unbounded.Contains))
            throw new SettingsException("label_fields", $"{EnvelopeField.NameOf(field)} cannot be a label: each of its values would be a stream. Put it into structured_metadata");
        if (settings.LabelFields.Distinct().Count() < settings.LabelFields.Count)
            throw new SettingsException("label_fields", "A field stands there twice. Remove it");
        if (settings.LabelFields.Select(EnvelopeField.NameOf).FirstOrDefault(settings.Labels.ContainsKey) is { } both)
            throw new SettingsException("label_fields", $"{both} stands in labels, too. Remove it from one of the two");
        int count = settings.Labels.Count + settings.LabelFields.Count;
        if (count > LokiLimits.Labels)
            throw new SettingsException("labels", $"{count} labels with those of label_fields; Loki takes {LokiLimits.Labels}");

        // An event can lack each of its fields, and a stream needs a label.
        if (settings.Labels.Count == 0 && !settings.LabelFields.Contains(LokiField.Severity))
            throw new SettingsException("labels", "Empty. Loki needs a label for each stream: give one, such as job: audithost");
        return new LabelSet(Render(settings.Labels), [.. settings.LabelFields.Select(field => new EnvelopeField(field))]);
    }

    /// <summary>Writes the labels of an event as a JSON object.</summary>
    public void Write(AuditEvent auditEvent, PooledBuffer output)
    {
        var json = new JsonWriter(output);
        json.BeginObject();
        if (_fixed.Length > 0)
            json.Literal(_fixed);
        foreach (EnvelopeField field in _fields)
            field.Write(auditEvent, LokiLimits.FieldLabelValue, ref json);
        json.EndObject();
        json.Flush();
    }

    private static byte[] Render(IReadOnlyDictionary<string, string> labels)
    {
        using var members = new PooledBuffer(256);
        var json = new JsonWriter(members);
        foreach ((string name, string value) in labels)
        {
            json.Name(Encoding.ASCII.GetBytes(name));
            json.String(value);
        }

        json.Flush();
        return members.Written.ToArray();
    }

    private static void Check(string setting, string name, string value)
    {
        bool isName = name.Length is > 0 and <= LokiLimits.LabelName && !char.IsAsciiDigit(name[0]) && name.All(one => char.IsAsciiLetterOrDigit(one) || one == '_');
        if (!isName)
            throw new SettingsException("labels", "A label's name has other characters than letters, digits and '_', or begins with a digit");
        if (name.StartsWith("__", StringComparison.Ordinal))
            throw new SettingsException(setting, "A name that begins with two underscores is Loki's own. Rename it");
        if (string.IsNullOrWhiteSpace(value))
            throw new SettingsException(setting, "Empty. Loki knows no empty labels: give it a value, or leave it out");
        if (Encoding.UTF8.GetByteCount(value) > LokiLimits.LabelValue)
            throw new SettingsException(setting, $"Longer than the {LokiLimits.LabelValue} bytes that Loki takes. Shorten it");
    }
}
