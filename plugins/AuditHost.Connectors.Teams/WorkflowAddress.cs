using System.Text.RegularExpressions;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Teams;

/// <summary>
/// The address of a workflow's trigger. Its query has a signature, so it is sent byte by byte as it stands in the settings; <see cref="Uri"/>
/// would decode what needs no escape.
/// </summary>
internal static partial class WorkflowAddress
{
    /// <exception cref="Sdk.SettingsException">One is no workflow's address, or one that Microsoft has switched off.</exception>
    public static HttpEndpoints Parse(TeamsSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("webhook_url", settings.WebhookUrl, EndpointBalancing.Failover, time, Check);

    private static Uri Check(Uri endpoint)
    {
        string host = endpoint.IdnHost;
        if (host.EndsWith(".webhook.office.com", StringComparison.OrdinalIgnoreCase)
            || (host is "outlook.office.com" or "outlook.office365.com" && endpoint.AbsolutePath.StartsWith("/webhook/", StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException("An Office 365 connector, which Microsoft has retired. In Teams, add the workflow \"Post to a channel when a webhook request is received\" and set its address");
        if (OldTrigger().IsMatch(host))
            throw new ArgumentException("An old address of Power Automate, which stopped on 2025-11-30. Open the workflow, copy the trigger's new address on api.powerplatform.com, and set that. An Azure logic app is reached by type: webhook with template: teams");
        if (endpoint.OriginalString.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("Has a space, a line break or a character beyond ASCII in it. Copy the address again, as a whole");
        return new Uri(endpoint.OriginalString, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    /// <summary>For instance prod-12.westeurope.logic.azure.com.</summary>
    [GeneratedRegex(@"^prod-[0-9]+\.([a-z0-9-]+\.)*logic\.azure\.(com|us|cn)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OldTrigger();
}
