using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.WebSocket;

/// <summary>What settings can work, and what follows from them.</summary>
internal static class WebSocketRules
{
    private const string UsualIdPath = "event_id";

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static WebSocketOptions OptionsOf(WebSocketSettings settings)
    {
        if (settings.PingIntervalSeconds is not (0 or (>= 0.1 and <= 3600)))
            throw new SettingsException("ping_interval_seconds", "Expected 0 or 0.1 to 3600");
        if (settings.PingTimeoutSeconds is not (>= 0.1 and <= 3600))
            throw new SettingsException("ping_timeout_seconds", "Expected 0.1 to 3600");
        if (settings.MaxAnswerBytes is < 1024 or > 16 << 20)
            throw new SettingsException("max_answer_bytes", "Expected 1024 to 16777216");
        return new WebSocketOptions
        {
            Subprotocol = settings.Subprotocol is { } subprotocol ? CheckSubprotocol(subprotocol) : null,
            PingInterval = TimeSpan.FromSeconds(settings.PingIntervalSeconds),
            PingTimeout = TimeSpan.FromSeconds(settings.PingTimeoutSeconds),
            MaxMessageBytes = settings.MaxAnswerBytes,
        };
    }

    /// <summary>Where events have their ids; <see langword="null"/> where the host gives them one.</summary>
    /// <exception cref="SettingsException">What is to be acknowledged has no id in the messages.</exception>
    public static string? IdPathOf(WebSocketSettings settings)
    {
        if (settings.MaxUnacknowledged is < 1 or > 10_000)
            throw new SettingsException("max_unacknowledged", "Expected 1 to 10000");
        if (settings is { Acknowledgement: Acknowledgement.PerBatch, Message: MessageUnit.Event })
            throw new SettingsException("acknowledgement", "per_batch needs message: batch. Set it, or acknowledgement: per_event");
        if (settings is { Message: MessageUnit.Batch, Envelope: false, Acknowledgement: not Acknowledgement.None })
            throw new SettingsException("envelope", "Without it a message with a batch has no ids that the server could acknowledge. Set envelope: true, or acknowledgement: none");
        if (settings.IdPath is { } path && (path.Length == 0 || path.Split('.').Any(string.IsNullOrWhiteSpace)))
            throw new SettingsException("id_path", "Not a path. Name a member of the event, or members with dots between them");
        return settings.IdPath ?? (settings.Envelope ? null : UsualIdPath);
    }

    private static string CheckSubprotocol(string subprotocol)
    {
        try
        {
            return HttpHeader.CheckResponseName("subprotocol", subprotocol);
        }
        catch (SettingsException exception)
        {
            throw new SettingsException("subprotocol", "Not the name of a subprotocol. Use letters, digits, '-' and '.'", exception);
        }
    }
}
