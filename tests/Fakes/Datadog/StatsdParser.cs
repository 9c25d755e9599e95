using System.Globalization;
using System.Text;

namespace AuditHost.Fakes.Datadog;

/// <summary>Reads datagrams of DogStatsD, by "DogStatsD Datagram Format", and takes nothing that the page does not have.</summary>
public static class StatsdParser
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the lines of a datagram.</summary>
    /// <exception cref="FormatException">A line is none.</exception>
    public static IReadOnlyList<StatsdSample> Read(ReadOnlySpan<byte> datagram)
    {
        try
        {
            return [.. StrictUtf8.GetString(datagram).Split('\n').Select(ReadLine)];
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("a datagram that is no UTF-8");
        }
    }

    private static StatsdSample ReadLine(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        string[] parts = line.Split('|');
        if (colon <= 0 || parts.Length < 2 || colon > parts[0].Length)
            throw new FormatException($"the line '{line}', which is no metric");
        string name = line[..colon];
        if (name.Length > 200 || !char.IsAsciiLetter(name[0]) || !name.All(static one => char.IsAsciiLetterOrDigit(one) || one is '_' or '.'))
            throw new FormatException($"the name '{name}', which no metric can have");
        if (parts[1] is not ("c" or "g" or "d" or "h" or "ms" or "s"))
            throw new FormatException($"the type '{parts[1]}', which there is not");
        double[] values = [.. parts[0][(colon + 1)..].Split(':').Select(ReadNumber)];
        if (values.Length > 1 && parts[1] is not ("d" or "h" or "ms"))
            throw new FormatException("several values of what has one");
        string[] tags = [];
        foreach (string part in parts.Skip(2))
        {
            if (part.StartsWith('#') && tags.Length == 0)
                tags = part[1..].Split(',');
            else
                throw new FormatException($"'{part}', which this sender has no reason for");
        }

        if (tags.Select(TagRules.Fault).FirstOrDefault(fault => fault is not null) is { } wrong)
            throw new FormatException(wrong);
        return new StatsdSample(name, parts[1], values, tags);
    }

    private static double ReadNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : throw new FormatException($"the value '{text}', which is no number");
}
