using System.Buffers;
using System.Text.Json;
using AuditHost.Configuration.Binding;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Secrets;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Settings;

/// <summary>
/// Turns a plugin's part of the file into JSON. The plugin's schema decides what a scalar is: <c>123</c> stays a text where a text
/// is wanted. Every error is reported with its place; the JSON is of use only when there was none.
/// </summary>
internal sealed class SettingsWriter
{
    private readonly Utf8JsonWriter _json;
    private readonly Reading _reading;

    private SettingsWriter(Utf8JsonWriter json, Reading reading)
    {
        _json = json;
        _reading = reading;
    }

    /// <summary>Writes the keys that are the plugin's own.</summary>
    /// <param name="mapping">Where they stand.</param>
    /// <param name="shape">The plugin's schema.</param>
    /// <param name="path">The mapping's dotted path.</param>
    /// <param name="isReserved">Whether a key is the host's and not the plugin's.</param>
    /// <param name="reservedNames">The host's keys, for suggestions.</param>
    /// <param name="reading">What reading needs.</param>
    public static ReadOnlyMemory<byte> Write(
        YamlMapping mapping, SettingsShape shape, string path, Func<string, bool> isReserved, IEnumerable<string> reservedNames, Reading reading)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            new SettingsWriter(json, reading).WriteObject(mapping, shape, path, isReserved, reservedNames);
        return buffer.WrittenMemory;
    }

    private void WriteObject(YamlMapping mapping, SettingsShape shape, string path, Func<string, bool> isReserved, IEnumerable<string> reservedNames)
    {
        _json.WriteStartObject();
        foreach (YamlEntry entry in mapping.Entries.Where(entry => !isReserved(entry.Name)))
        {
            string entryPath = $"{path}.{entry.Name}";
            if ((shape.Properties.GetValueOrDefault(entry.Name) ?? shape.OtherKeys) is not { } member)
            {
                string? nearest = NearestName.Find(entry.Name, shape.Properties.Keys.Concat(reservedNames));
                _reading.Diagnostics.Error(entry.Key.Location, entryPath, "unknown key", nearest);
                continue;
            }

            if (!_reading.Expands && entry.Value is YamlScalar scalar && Expander.HasPlaceholder(scalar.Value))
                continue;
            _json.WritePropertyName(entry.Name);
            WriteValue(entry.Value, member, entryPath, entry.Name, shape.Required.Contains(entry.Name));
        }

        _json.WriteEndObject();

        // What is switched off may be half written.
        foreach (string name in shape.Required.Where(name => _reading.Expands && mapping.Find(name) is null))
            _reading.Diagnostics.Error(mapping.Location, $"{path}.{name}", "is required and missing");
    }

    private void WriteValue(YamlNode node, SettingsShape shape, string path, string name, bool required)
    {
        switch (node)
        {
            case YamlScalar scalar when scalar.IsNull && shape.Types.HasFlag(SettingsTypes.Null):
                _json.WriteNullValue();
                break;
            case YamlScalar scalar when !scalar.IsNull && (shape.Types & ~(SettingsTypes.Null | SettingsTypes.Array | SettingsTypes.Object)) != 0:
                WriteScalar(scalar, shape, path, name, required);
                break;
            case YamlSequence sequence when shape.Types.HasFlag(SettingsTypes.Array):
                _json.WriteStartArray();
                for (int index = 0; index < sequence.Items.Count; index++)
                    WriteValue(sequence.Items[index], shape.Items, $"{path}[{index}]", name, required: false);
                _json.WriteEndArray();
                break;
            case YamlMapping mapping when shape.Types.HasFlag(SettingsTypes.Object):
                Within(mapping).WriteObject(mapping, shape, path, _ => false, []);
                break;
            default:
                if (node is not YamlUnreadable)
                    Error(node, path, $"expected {shape.Expected}, got {Show(node, shape)}");
                _json.WriteNullValue();
                break;
        }
    }

    /// <summary>A part that is switched off need not have its variables set, as little as a destination that is.</summary>
    private SettingsWriter Within(YamlMapping mapping) =>
        mapping.Find("enabled")?.Value is YamlScalar { IsPlain: true, Value: "false" } ? new SettingsWriter(_json, _reading with { Expands = false }) : this;

    private void WriteScalar(YamlScalar scalar, SettingsShape shape, string path, string name, bool required)
    {
        if (ScalarResolver.Resolve(_reading, scalar, name, path, shape.IsSecret) is not { } text)
        {
            _json.WriteNullValue();
            return;
        }

        bool filledIn = Expander.HasPlaceholder(scalar.Value);
        if (required && filledIn && text.Text.Length == 0)
            Error(scalar, path, $"is empty once filled in; expected {shape.Expected}");
        else if (!TryWrite(text, shape, preferText: filledIn && shape.Types == SettingsTypes.Any))
            RefuseValue(scalar, text.Text, shape, path);
        else
            return;
        _json.WriteNullValue();
    }

    private bool TryWrite(ScalarText text, SettingsShape shape, bool preferText)
    {
        if (!preferText && TryWriteTyped(text, shape))
            return true;
        if (!shape.Types.HasFlag(SettingsTypes.String))
            return false;
        string value = text.Text;
        if (shape.Choices.Count > 0)
        {
            string? choice = shape.Choices.FirstOrDefault(choice => choice == value)
                ?? shape.Choices.FirstOrDefault(choice => choice.Equals(value, StringComparison.OrdinalIgnoreCase));
            if (choice is null)
                return false;
            value = choice;
        }

        _json.WriteStringValue(value);
        return true;
    }

    private bool TryWriteTyped(ScalarText text, SettingsShape shape)
    {
        if (shape.Types.HasFlag(SettingsTypes.Boolean) && Kinds.ReadBoolean(text, out bool flag))
        {
            _json.WriteBooleanValue(flag);
            return true;
        }

        bool wantsNumber = shape.Types.HasFlag(SettingsTypes.Number);
        if ((wantsNumber || shape.Types.HasFlag(SettingsTypes.Integer)) && Kinds.TryInteger(text, out long whole) && InRange(whole, shape))
        {
            _json.WriteNumberValue(whole);
            return true;
        }

        if (!wantsNumber || !Kinds.ReadNumber(text, out double number) || !InRange(number, shape))
            return false;
        _json.WriteNumberValue(number);
        return true;
    }

    private static bool InRange(double number, SettingsShape shape) =>
        number >= (shape.Minimum ?? double.MinValue) && number <= (shape.Maximum ?? double.MaxValue);

    private void RefuseValue(YamlScalar scalar, string text, SettingsShape shape, string path) => _reading.Diagnostics.Error(
        scalar.Location,
        path,
        $"expected {shape.Expected}, got {ScalarResolver.Show(scalar, shape.IsSecret)}",
        shape.IsSecret ? null : NearestName.FindValue(text, shape.Words));

    private void Error(YamlNode node, string path, string message) => _reading.Diagnostics.Error(node.Location, path, message);

    private static string Show(YamlNode node, SettingsShape shape) =>
        node is YamlScalar { IsNull: false } scalar ? ScalarResolver.Show(scalar, shape.IsSecret) : node.Noun;
}
