using System.Globalization;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Files;

/// <summary>Sizes as people write them: <c>1048576</c>, <c>100MiB</c>, <c>2 GB</c>.</summary>
public static class SizeText
{
    /// <summary>Reads a size.</summary>
    /// <param name="setting">The setting it stands in, for the message.</param>
    /// <param name="text">The size.</param>
    /// <returns>Bytes, at least 1.</returns>
    /// <exception cref="SettingsException">It is not a size.</exception>
    public static long Parse(string setting, string text)
    {
        ReadOnlySpan<char> number = text.AsSpan().Trim().TrimEnd("KkMmGgTtIiBb");
        string unit = text.Trim()[number.Length..].ToUpperInvariant();
        long factor = unit switch
        {
            "" or "B" => 1,
            "KB" => 1_000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            "TB" => 1_000_000_000_000,
            "KIB" => 1L << 10,
            "MIB" => 1L << 20,
            "GIB" => 1L << 30,
            "TIB" => 1L << 40,
            _ => 0,
        };
        if (factor == 0 || !long.TryParse(number.TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            || value is 0 || value > long.MaxValue / factor)
            throw new SettingsException(setting, $"'{setting}' is '{text}', which is no size; write bytes or for instance 100MiB.");
        return value * factor;
    }
}
