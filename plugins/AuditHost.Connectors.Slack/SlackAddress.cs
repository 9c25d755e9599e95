using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>The addresses of Slack: of webhooks, which are secrets, and of the Web API.</summary>
internal static class SlackAddress
{
    private const string Api = "https://slack.com/api";
    private const string PostMessage = "/chat.postMessage";

    /// <summary>Where webhooks lead.</summary>
    /// <exception cref="SettingsException">One is no incoming webhook.</exception>
    public static HttpEndpoints OfWebhooks(EndpointList list, TimeProvider time) =>
        HttpEndpoints.Parse("webhook_url", list, EndpointBalancing.Failover, time, CheckWebhook);

    /// <summary>Where messages of a bot go.</summary>
    /// <exception cref="SettingsException">One is no endpoint.</exception>
    public static HttpEndpoints OfApi(EndpointList? list, TimeProvider time) =>
        HttpEndpoints.Parse("api_endpoint", list ?? EndpointList.Of(Api), EndpointBalancing.Failover, time, static endpoint => WithMethod(endpoint, PostMessage));

    /// <summary>Another method of the Web API that an address for messages belongs to.</summary>
    public static Uri TestOf(Uri messages) => WithMethod(messages, "/auth.test");

    /// <summary>What an operator may see. Of a webhook that is the server alone.</summary>
    public static IReadOnlyList<Uri> ShownOf(SlackSettings settings) => settings.WebhookUrl is { } webhooks
        ? OfWebhooks(webhooks, TimeProvider.System).ShownServers
        : OfApi(settings.ApiEndpoint, TimeProvider.System).Shown;

    private static Uri WithMethod(Uri endpoint, string method)
    {
        string path = endpoint.AbsolutePath.TrimEnd('/');
        string root = path.EndsWith(PostMessage, StringComparison.OrdinalIgnoreCase) ? path[..^PostMessage.Length] : path;
        return new UriBuilder(endpoint) { Path = root + method }.Uri;
    }

    /// <summary>Receivers that imitate Slack may have any path. Slack's own server has addresses beside those of incoming webhooks.</summary>
    private static Uri CheckWebhook(Uri endpoint)
    {
        bool isSlacks = endpoint.IdnHost is "hooks.slack.com" or "hooks.slack-gov.com";
        if (isSlacks && endpoint.Segments is [_, "triggers/" or "workflows/", ..])
            throw new ArgumentException("Starts a workflow of Workflow Builder, which takes variables and no message. Create an incoming webhook in a Slack app");
        if (isSlacks && endpoint.Segments is not [_, "services/", ..])
            throw new ArgumentException("Not an incoming webhook: those have the path /services/… Copy the address from the Slack app, under Incoming Webhooks");
        return endpoint;
    }
}
