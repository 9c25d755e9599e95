using System.ComponentModel;
using System.Text.Json.Serialization;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Files;

/// <summary>The settings that every connector with a file offers.</summary>
/// <remarks>Properties with a default are settable: source-generated binding overwrites the default of one that is only init.</remarks>
public abstract class RotationSettings
{
    /// <summary>The size at which a new file begins.</summary>
    [Description("Begins a new file before this one exceeds the size: bytes, or a size such as 100MiB. Without it size does not matter.")]
    [JsonConverter(typeof(SizeTextConverter))]
    public string? RotateBytes { get; set; }

    /// <summary>The clock that begins a new file.</summary>
    [Description("Begins a new file with each hour or day of UTC: none, hourly or daily.")]
    [DefaultValue("none")]
    public RotationPeriod RotateEvery { get; set; }

    /// <summary>How many rotated files stay.</summary>
    [Description("How many rotated files are kept; older ones are deleted. Without it all are kept.")]
    public int? KeepFiles { get; set; }

    /// <summary>How long rotated files stay.</summary>
    [Description("How many days rotated files are kept. Without it they are kept for ever.")]
    public int? KeepDays { get; set; }

    /// <summary>Whether each batch waits for the disk.</summary>
    [Description("Whether a batch counts as delivered only once it is on the disk (fdatasync). false risks events at a power cut.")]
    [DefaultValue(true)]
    public bool Fsync { get; set; } = true;

    /// <summary>Checks the settings and resolves the path.</summary>
    /// <exception cref="SettingsException">A setting cannot work.</exception>
    protected RotatingFileOptions ToOptions(string path, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (string.IsNullOrWhiteSpace(path) || Path.EndsInDirectorySeparator(path))
            throw new SettingsException("path", "'path' must name a file, for instance ./out/audit.jsonl.");
        return new RotatingFileOptions(Path.GetFullPath(context.ResolvePath(path)))
        {
            MaxBytes = RotateBytes is null ? null : SizeText.Parse("rotate_bytes", RotateBytes),
            Every = RotateEvery,
            KeepFiles = NotNegative("keep_files", KeepFiles),
            KeepFor = NotNegative("keep_days", KeepDays) is { } days ? TimeSpan.FromDays(days) : null,
            Sync = Fsync,
        };
    }

    private static int? NotNegative(string setting, int? value) =>
        value < 0 ? throw new SettingsException(setting, $"'{setting}' is {value}; it must be 0 or more.") : value;
}
