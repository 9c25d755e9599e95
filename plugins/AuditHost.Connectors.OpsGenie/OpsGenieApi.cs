using System.Text.Json.Serialization;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Which of Atlassian's two products takes the alerts. They speak nearly the same language at different addresses.</summary>
public enum OpsGenieApi
{
    /// <summary>Jira Service Management Operations, the successor.</summary>
    [JsonStringEnumMemberName("jira_service_management")]
    JiraServiceManagement,

    /// <summary>OpsGenie, which ends on 2027-04-05.</summary>
    [JsonStringEnumMemberName("opsgenie")]
    OpsGenie,
}
