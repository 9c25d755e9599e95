namespace AuditHost.Sdk;

/// <summary>What connector and formatter factories have in common. Derive from one of those two.</summary>
public abstract class PluginFactory
{
    private protected PluginFactory(string type, string summary)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentException.ThrowIfNullOrWhiteSpace(summary);
        Type = type;
        Summary = summary;
    }

    /// <summary>The name used in a site file (<c>type:</c> or <c>format:</c>), in lower_snake_case.</summary>
    public string Type { get; }

    /// <summary>One sentence for listings and generated documents.</summary>
    public string Summary { get; }

    /// <summary>
    /// The JSON schema of the settings, as UTF-8. The host refuses keys it does not list and names the nearest one,
    /// so every setting stands in it with a description.
    /// </summary>
    public abstract ReadOnlyMemory<byte> SettingsSchema { get; }
}
