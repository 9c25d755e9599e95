using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>The priority for each severity, checked: another word would silently become P3.</summary>
internal sealed class Priorities
{
    private readonly byte[][] _words;

    /// <exception cref="SettingsException">One is no priority.</exception>
    public Priorities(PriorityMapping mapping) => _words =
    [
        Check(nameof(mapping.Info), mapping.Info),
        Check(nameof(mapping.Low), mapping.Low),
        Check(nameof(mapping.Medium), mapping.Medium),
        Check(nameof(mapping.High), mapping.High),
        Check(nameof(mapping.Critical), mapping.Critical),
    ];

    public static bool Contains(EventValue value) =>
        value.Equals("P1"u8) || value.Equals("P2"u8) || value.Equals("P3"u8) || value.Equals("P4"u8) || value.Equals("P5"u8);

    public ReadOnlySpan<byte> Of(Severity severity) => _words[Math.Min((int)severity, _words.Length - 1)];

    private static byte[] Check(string severity, string word)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(word);
        if (Contains(new EventValue(EventValueKind.String, utf8)))
            return utf8;
        string digit = word.TrimStart('p', 'P');
        string hint = digit is ['1' or '2' or '3' or '4' or '5'] ? $"Did you mean P{digit}? " : string.Empty;
        throw new SettingsException($"priority_mapping.{severity}", $"Not a priority. {hint}Use P1, P2, P3, P4 or P5");
    }
}
