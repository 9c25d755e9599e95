using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditHost.Fakes.Graylog;

/// <summary>A message, read strictly by Graylog's specification of GELF 1.1. What breaks a rule throws, also where Graylog only drops a part.</summary>
public sealed partial class GelfMessage
{
    private static readonly string[] Known = ["version", "host", "short_message", "full_message", "timestamp", "level"];

    private readonly Dictionary<string, JsonElement> _members = [];

    private GelfMessage(string json) => Json = json;

    /// <summary>The message as it came.</summary>
    public string Json { get; }

    public IEnumerable<string> Names => _members.Keys;

    public string? this[string name] => _members.TryGetValue(name, out JsonElement value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    public JsonValueKind KindOf(string name) => _members[name].ValueKind;

    /// <exception cref="FormatException">It is no GELF.</exception>
    public static GelfMessage Parse(ReadOnlySpan<byte> utf8) =>
        Parse(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(utf8));

    /// <exception cref="FormatException">It is no GELF.</exception>
    public static GelfMessage Parse(string json)
    {
        var message = new GelfMessage(json);
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
        }
        catch (JsonException exception)
        {
            throw new FormatException(exception.Message, exception);
        }

        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("A message is an object.");
        foreach (JsonProperty member in root.EnumerateObject())
        {
            bool isField = member.Name.StartsWith('_');
            if ((isField && (member.Name == "_id" || !FieldName().IsMatch(member.Name))) || (!isField && !Known.Contains(member.Name)))
                throw new FormatException($"'{member.Name}' is no name of a member.");
            if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
                throw new FormatException($"'{member.Name}' is neither text nor number.");
            if (member.Value.ValueKind == JsonValueKind.Number && !IsHeld(member.Value))
                throw new FormatException($"'{member.Name}' is a number that the index does not hold, which loses it the message.");
            message._members.Add(member.Name, member.Value);
        }

        message.Check();
        return message;
    }

    private static bool IsHeld(JsonElement number) =>
        number.TryGetInt64(out _) || (number.GetRawText().AsSpan().ContainsAny(".eE") && double.IsFinite(number.GetDouble()));

    private void Check()
    {
        if (this["version"] != "1.1" || KindOf("version") != JsonValueKind.String)
            throw new FormatException("The version is not 1.1.");
        foreach (string mandatory in new[] { "host", "short_message" })
        {
            if (string.IsNullOrWhiteSpace(this[mandatory]) || KindOf(mandatory) != JsonValueKind.String)
                throw new FormatException($"'{mandatory}' is missing or blank.");
        }

        if (this["timestamp"] is { } timestamp && (KindOf("timestamp") != JsonValueKind.Number || !Seconds().IsMatch(timestamp)))
            throw new FormatException($"'timestamp' is {timestamp}.");
        if (this["level"] is { } level && (KindOf("level") != JsonValueKind.Number || level is not ("0" or "1" or "2" or "3" or "4" or "5" or "6" or "7")))
            throw new FormatException($"'level' is {level}.");
    }

    [GeneratedRegex(@"\A_[A-Za-z0-9_.\-]+\z")]
    private static partial Regex FieldName();

    [GeneratedRegex(@"\A[1-9][0-9]*\.[0-9]{3}\z|\A0\.[0-9]{3}\z")]
    private static partial Regex Seconds();
}
