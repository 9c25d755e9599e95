using AuditHost.PluginKit.Files;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Syslog;

/// <summary>
/// Refuses settings of an output that is not chosen: whoever wrote them expects them to work. One that says no more than its default
/// changes nothing and passes.
/// </summary>
internal static class CefOutputSettings
{
    /// <exception cref="SettingsException">A setting would be ignored; the message says which outputs have it.</exception>
    public static void Check(GenericCefSettings settings)
    {
        var defaults = new GenericCefSettings();
        bool isFile = settings.OutputType == CefOutput.File;
        if (isFile)
        {
            Refuse("syslog_server", settings.SyslogServer is not null, settings, "syslog, tcp and udp");
            Refuse("protocol", settings.Protocol is not null, settings, "syslog and tcp");
            Refuse("framing", settings.Framing is not null, settings, "syslog and tcp");
            Refuse("replay_tail", settings.ReplayTail != defaults.ReplayTail, settings, "syslog and tcp");
        }
        else
        {
            Refuse("path", settings.Path is not null, settings, "file");
            Refuse("rotate_bytes", settings.RotateBytes is not null, settings, "file");
            Refuse("rotate_every", settings.RotateEvery != RotationPeriod.None, settings, "file");
            Refuse("keep_files", settings.KeepFiles is not null, settings, "file");
            Refuse("keep_days", settings.KeepDays is not null, settings, "file");
            Refuse("fsync", settings.Fsync != defaults.Fsync, settings, "file");
        }

        if (settings.OutputType == CefOutput.Syslog)
            return;
        const string Header = "syslog, the only one with a header";
        Refuse("standard", settings.Standard != defaults.Standard, settings, Header);
        Refuse("facility", settings.Facility != defaults.Facility, settings, Header);
        Refuse("app_name", settings.AppName != defaults.AppName, settings, Header);
        Refuse("hostname", settings.Hostname != defaults.Hostname, settings, Header);
    }

    private static void Refuse(string setting, bool isSet, GenericCefSettings settings, string outputs)
    {
        if (isSet)
            throw new SettingsException(
                setting,
                $"has no effect with output_type {settings.OutputType.ToString().ToLowerInvariant()}; it belongs to output_type {outputs}. Leave '{setting}' out, or change output_type.");
    }
}
