using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>PagerDuty's word for each severity, checked: PagerDuty refuses an alert with any other word.</summary>
internal sealed class SeverityWords
{
    private static readonly string[] Known = ["critical", "error", "warning", "info"];

    private readonly byte[][] _words;

    /// <exception cref="SettingsException">A word is none of PagerDuty's.</exception>
    public SeverityWords(SeverityMapping mapping) => _words =
    [
        Check(nameof(mapping.Info), mapping.Info),
        Check(nameof(mapping.Low), mapping.Low),
        Check(nameof(mapping.Medium), mapping.Medium),
        Check(nameof(mapping.High), mapping.High),
        Check(nameof(mapping.Critical), mapping.Critical),
    ];

    public ReadOnlySpan<byte> Of(Severity severity) => _words[Math.Min((int)severity, _words.Length - 1)];

    private static byte[] Check(string severity, string word)
    {
        if (Known.Contains(word))
            return Encoding.ASCII.GetBytes(word);
        string? meant = word.Length == 0 ? null : Array.Find(Known, known => char.ToLowerInvariant(word[0]) == known[0]);
        throw new SettingsException(
            $"severity_mapping.{severity}",
            $"PagerDuty knows no such severity. {(meant is null ? string.Empty : $"Did you mean {meant}? ")}Use critical, error, warning or info");
    }
}
