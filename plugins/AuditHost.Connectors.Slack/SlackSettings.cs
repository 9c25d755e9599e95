using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Slack;

/// <summary>The keys of a Slack destination in a site file: a webhook, or a token with a channel.</summary>
public sealed class SlackSettings
{
    [Description("The address of an incoming webhook, https://hooks.slack.com/services/…; whoever has it can post, so it is a secret as a whole. Several as a list: the next one is used where one does not answer.")]
    [PasswordPropertyText(true)]
    public EndpointList? WebhookUrl { get; set; }

    [Description("A bot's token (xoxb-…) with the scope chat:write, in place of webhook_url.")]
    [PasswordPropertyText(true)]
    public string? Token { get; set; }

    [Description("Where to post with a token: a channel's id, or its name with #. A webhook posts to the channel that it was made for.")]
    public string? Channel { get; set; }

    [Description("Slack's Web API, for posting with a token. Several as a list.")]
    [DefaultValue("https://slack.com/api")]
    public EndpointList? ApiEndpoint { get; set; }
}
