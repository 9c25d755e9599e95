using System.Globalization;
using System.Net;
using System.Text.Json;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Keys;

/// <summary>The kinds of scalars that a site file knows.</summary>
internal static class Kinds
{
    /// <summary>Text as written: <c>123</c> and <c>yes</c> stay text.</summary>
    public static Kind<string> Text { get; } = new("a text", ReadText, AnyScalarSchema);

    /// <summary>A file or folder; relative ones count from the site file's folder.</summary>
    public static Kind<string> Path { get; } = new("a path", ReadText, StringSchema);

    public static Kind<bool> Boolean { get; } = new("true or false", ReadBoolean, writer => TypeSchema(writer, "boolean")) { Choices = ["true", "false"] };

    public static Kind<double> Number { get; } = new("a number", ReadNumber, writer => TypeSchema(writer, "number"));

    public static Kind<IPEndPoint> Endpoint { get; } = new(
        "an address and a port such as 127.0.0.1:8780",
        ReadEndpoint,
        StringSchema);

    public static Kind<Uri> HttpUri { get; } = new(
        "a URL such as http://proxy.example:3128",
        (ScalarText scalar, out Uri value) => Uri.TryCreate(scalar.Text, UriKind.Absolute, out value!) && value.Scheme is "http" or "https",
        StringSchema);

    public static Kind<int> Integer(int least, int most) => new(
        $"a whole number from {least} to {most}",
        (ScalarText scalar, out int value) => TryInteger(scalar, out value) && value >= least && value <= most,
        writer => RangeSchema(writer, "integer", least, most));

    public static Kind<double> NumberFrom(double least, double most) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
        (ScalarText scalar, out double value) => ReadNumber(scalar, out value) && value >= least && value <= most,
        writer => RangeSchema(writer, "number", least, most));

    /// <summary>A plain number of the unit that the key's own ending names: <c>_ms</c>, else seconds.</summary>
    public static Kind<TimeSpan> Span(double leastSeconds, double mostSeconds) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number of the unit in the key's name, for a time from {leastSeconds} s to {mostSeconds} s"),
        (ScalarText scalar, out TimeSpan value) => ReadSpan(scalar, out value) && value.TotalSeconds >= leastSeconds && value.TotalSeconds <= mostSeconds,
        writer =>
        {
            TypeSchema(writer, "number");
            writer.WriteNumber("minimum", 0);
        });

    /// <summary>A number with its unit.</summary>
    public static Kind<TimeSpan> Duration { get; } = new("a time such as 500ms, 30s, 5m, 12h or 7d", UnitValue.TryDuration, UnitValue.DurationSchema);

    /// <summary>A number with its unit, where none at all has a meaning too.</summary>
    public static Kind<TimeSpan> DurationOrZero { get; } = new(
        "a time such as 30s, 5m, 12h or 7d, or 0s", UnitValue.TryDurationOrZero, UnitValue.DurationSchema);

    /// <summary>A time of the day to the minute.</summary>
    public static Kind<TimeOnly> TimeOfDay { get; } = new(
        "a time of the day such as 22:00, in quotes",
        (ScalarText scalar, out TimeOnly value) => TimeOnly.TryParseExact(scalar.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out value),
        StringSchema);

    /// <summary>A time zone by its IANA name.</summary>
    public static Kind<TimeZoneInfo> TimeZone { get; } = new(
        "a time zone such as Europe/Berlin or UTC",
        (ScalarText scalar, out TimeZoneInfo value) => TimeZoneInfo.TryFindSystemTimeZoneById(scalar.Text, out value!),
        StringSchema);

    /// <summary>A number of bytes, alone or with its unit.</summary>
    public static Kind<long> Size(long least, long most) => new(
        $"a size such as 64KiB, 256MiB or 10GiB, from {UnitValue.FormatSize(least)} to {UnitValue.FormatSize(most)}",
        (ScalarText scalar, out long value) => UnitValue.TrySize(scalar, out value) && value >= least && value <= most,
        UnitValue.SizeSchema);

    /// <summary>A number of bytes with its unit, or a percentage of what the key's description names.</summary>
    public static Kind<DiskShare> Share { get; } = new("a size such as 256MiB or 10GiB, or a percentage such as 25%", UnitValue.TryShare, UnitValue.ShareSchema);

    /// <summary>One of several words, in any case.</summary>
    public static Kind<T> Choice<T>(params (string Name, T Value)[] choices) => new(
        $"one of {string.Join(", ", choices.Select(choice => choice.Name))}",
        (ScalarText scalar, out T value) =>
        {
            int index = Array.FindIndex(choices, choice => choice.Name.Equals(scalar.Text, StringComparison.OrdinalIgnoreCase));
            value = index < 0 ? default! : choices[index].Value;
            return index >= 0;
        },
        writer =>
        {
            writer.WriteStartArray("enum");
            foreach ((string name, _) in choices)
                writer.WriteStringValue(name);
            writer.WriteEndArray();
        })
    {
        Choices = [.. choices.Select(choice => choice.Name)],
    };

    /// <summary>A whole number without sign tricks: a leading zero means octal to some readers and is refused.</summary>
    public static bool TryInteger<TNumber>(ScalarText scalar, out TNumber value)
        where TNumber : struct, System.Numerics.IBinaryInteger<TNumber>
    {
        value = default;
        ReadOnlySpan<char> digits = scalar.Text.AsSpan().TrimStart('-');
        if (!scalar.IsUntyped || (digits.Length > 1 && digits[0] == '0'))
            return false;
        return TNumber.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool ReadBoolean(ScalarText scalar, out bool value) => bool.TryParse(scalar.Text, out value) && scalar.IsUntyped;

    public static bool ReadNumber(ScalarText scalar, out double value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        return scalar.IsUntyped && double.TryParse(scalar.Text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static bool ReadText(ScalarText scalar, out string value)
    {
        value = scalar.Text;
        return true;
    }

    /// <summary>The port is never left to chance: an address alone, and IPv6 without its brackets, are refused.</summary>
    private static bool ReadEndpoint(ScalarText scalar, out IPEndPoint value)
    {
        const string LocalHost = "localhost:";
        string text = scalar.Text.StartsWith(LocalHost, StringComparison.OrdinalIgnoreCase) ? $"127.0.0.1:{scalar.Text[LocalHost.Length..]}" : scalar.Text;
        int port = text.LastIndexOf(':');
        bool namesPort = port > 0 && (text[port - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == port);
        return IPEndPoint.TryParse(text, out value!) && namesPort && port < text.Length - 1;
    }

    private static bool ReadSpan(ScalarText scalar, out TimeSpan value)
    {
        value = default;
        if (!ReadNumber(scalar, out double number) || Math.Abs(number) > 1e10)
            return false;
        value = scalar.Key.EndsWith("_ms", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(number) : TimeSpan.FromSeconds(number);
        return true;
    }

    private static void AnyScalarSchema(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("type");
        foreach (string type in (ReadOnlySpan<string>)["string", "number", "boolean"])
            writer.WriteStringValue(type);
        writer.WriteEndArray();
    }

    private static void StringSchema(Utf8JsonWriter writer) => TypeSchema(writer, "string");

    private static void TypeSchema(Utf8JsonWriter writer, string type) => writer.WriteString("type", type);

    private static void RangeSchema(Utf8JsonWriter writer, string type, double least, double most)
    {
        TypeSchema(writer, type);
        writer.WriteNumber("minimum", least);
        writer.WriteNumber("maximum", most);
    }
}
