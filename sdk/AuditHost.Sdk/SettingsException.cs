namespace AuditHost.Sdk;

/// <summary>Settings that cannot work. The host reports it with the place in the site file.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Creates one for a setting.</summary>
    /// <param name="setting">The setting's key, with dots for nested ones; empty for the settings as a whole.</param>
    /// <param name="message">What is wrong and how to mend it, without the value of a secret.</param>
    /// <param name="innerException">What caused it.</param>
    public SettingsException(string setting, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Setting = setting;
    }

    /// <summary>The setting's key, with dots for nested ones; empty for the settings as a whole.</summary>
    public string Setting { get; }
}
