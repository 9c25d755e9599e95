using System.Globalization;
using System.Text.Json;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Keys;

/// <summary>Numbers that carry their unit: <c>7d</c>, <c>10GiB</c>.</summary>
internal static class UnitValue
{
    private static readonly (string Unit, double Seconds)[] Times =
        [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400), ("w", 604800)];

    private static readonly (string Unit, long Bytes)[] Sizes =
    [
        ("B", 1), ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
    ];

    public static bool TryDuration(ScalarText scalar, out TimeSpan value) => TryDurationOrZero(scalar, out value) && value > TimeSpan.Zero;

    public static bool TryDurationOrZero(ScalarText scalar, out TimeSpan value)
    {
        value = default;
        if (!TrySplit(scalar.Text, out double number, out string unit) || Array.Find(Times, time => time.Unit == unit) is not { Unit: not null } time)
            return false;
        double seconds = time.Seconds * number;
        if (seconds < 0 || seconds > TimeSpan.FromDays(36_500).TotalSeconds)
            return false;
        value = TimeSpan.FromSeconds(seconds);
        return true;
    }

    public static bool TrySize(ScalarText scalar, out long value)
    {
        value = 0;
        if (!TrySplit(scalar.Text, out double number, out string unit))
            return false;
        double bytes = unit.Length == 0 ? number : Sizes.FirstOrDefault(size => size.Unit == unit).Bytes * number;
        if (bytes <= 0 || bytes > long.MaxValue / 2d || (unit.Length == 0 && !scalar.IsUntyped))
            return false;
        value = (long)bytes;
        return true;
    }

    public static bool TryShare(ScalarText scalar, out DiskShare value)
    {
        value = default;
        if (TrySplit(scalar.Text, out double number, out string unit) && unit == "%")
        {
            value = new DiskShare(null, number);
            return number is > 0 and <= 100;
        }

        bool isSize = TrySize(scalar, out long bytes);
        value = new DiskShare(bytes);
        return isSize;
    }

    public static string FormatSize(long bytes)
    {
        (string unit, long factor) = Sizes.Where(size => bytes % size.Bytes == 0 && bytes >= size.Bytes && (size.Unit.Length != 2)).MaxBy(size => size.Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor}{unit}");
    }

    public static void DurationSchema(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "string");
        writer.WriteString("pattern", @"^[0-9.]+(ms|s|m|h|d|w)$|\$\{");
    }

    public static void SizeSchema(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("type");
        writer.WriteStringValue("string");
        writer.WriteStringValue("integer");
        writer.WriteEndArray();
        writer.WriteString("pattern", @"^[0-9.]+(B|[KMGT]i?B)$|\$\{");
    }

    public static void ShareSchema(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("type");
        writer.WriteStringValue("string");
        writer.WriteStringValue("integer");
        writer.WriteEndArray();
        writer.WriteString("pattern", @"^[0-9.]+(B|[KMGT]i?B|%)$|\$\{");
    }

    private static bool TrySplit(string text, out double number, out string unit)
    {
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
            digits++;
        unit = text[digits..];
        return double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
