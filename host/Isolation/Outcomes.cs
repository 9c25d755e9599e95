using System.Diagnostics.Tracing;
using AuditHost.Isolation.Messages;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation;

/// <summary>Reads what a plugin's process says, which is no more trusted than the plugin.</summary>
internal static class Outcomes
{
    private const int Longest = 4096;

    /// <summary>Turns the failure of a call that is no delivery back into what the connector threw, as far as the host tells it apart.</summary>
    /// <exception cref="SettingsException">The operator has something to mend.</exception>
    /// <exception cref="IOException">It failed otherwise.</exception>
    public static void ThrowUnlessDone(OutcomeMessage outcome)
    {
        if (outcome.Kind == 0)
            return;
        string reason = OneLine(outcome.Reason ?? outcome.Kind.ToString());
        throw outcome.Kind == FailureKind.Misconfigured ? new SettingsException(outcome.Setting ?? string.Empty, reason) : new IOException(reason);
    }

    public static string OneLine(string text) => (text.Length <= Longest ? text : text[..Longest] + "…").ReplaceLineEndings(" ");

    public static LogLevel LevelOf(EventLevel level) => level switch
    {
        EventLevel.Critical => LogLevel.Critical,
        EventLevel.Error => LogLevel.Error,
        EventLevel.Warning => LogLevel.Warning,
        EventLevel.Verbose => LogLevel.Debug,
        _ => LogLevel.Information,
    };
}
