using System.Diagnostics.Tracing;
using System.Net.Http.Headers;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>Chooses between the two ways to post.</summary>
internal static class SlackConnector
{
    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static IConnector Create(SlackSettings settings, PluginContext context)
    {
        if (settings.WebhookUrl is { } webhooks)
        {
            if (settings.Token is not null)
                throw new SettingsException("token", "Stands beside webhook_url. Keep one of them: a webhook has its channel, a token posts to the one in channel");
            if (settings.Channel is not null)
                context.Log(EventLevel.Warning, "channel has no effect beside webhook_url: a webhook posts to the channel that it was made for. Remove it, or post with token and channel.");
            if (settings.ApiEndpoint is not null)
                context.Log(EventLevel.Warning, "api_endpoint has no effect beside webhook_url. Remove it.");
            return new WebhookConnector(SlackAddress.OfWebhooks(webhooks, context.Time), context);
        }

        if (settings.Token is null)
            throw new SettingsException("webhook_url", "Missing. Give it the address of an incoming webhook, or set token and channel");
        return new BotConnector(
            SlackAddress.OfApi(settings.ApiEndpoint, context.Time),
            new AuthenticationHeaderValue("Bearer", CheckToken(settings.Token)),
            CheckChannel(settings.Channel),
            context);
    }

    private static string CheckToken(string token)
    {
        HttpHeader.CheckValue("token", token);
        if (token.Length == 0)
            throw new SettingsException("token", "Empty. Give it a bot's token, xoxb-…");
        return token.StartsWith("xapp-", StringComparison.Ordinal)
            ? throw new SettingsException("token", "An app-level token, which cannot post. Take the bot token (xoxb-…) from OAuth & Permissions")
            : token;
    }

    private static string CheckChannel(string? channel) => string.IsNullOrWhiteSpace(channel)
        ? throw new SettingsException("channel", "Missing. With a token, say where to post: a channel's id such as C0123456789, or its name with #")
        : channel;
}
