using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Teams;

/// <summary>The keys of a Teams destination in a site file.</summary>
public sealed class TeamsSettings
{
    [Description("The address of a workflow's trigger \"When a Teams webhook request is received\", exactly as Teams shows it; whoever has it can post, so it is a secret as a whole. Several as a list: the next one is used where one does not answer.")]
    [PasswordPropertyText(true)]
    public required EndpointList WebhookUrl { get; set; }

    [Description("The status codes that mean delivered. Without it 202, which a trigger answers; 200 where the workflow has an action of its own that answers.")]
    public IReadOnlyList<int> SuccessStatus { get; set; } = [];
}
