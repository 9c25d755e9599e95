using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>The path of a group at a Pushgateway ("URL" in its README): job, then label after label.</summary>
internal static class GroupingKey
{
    /// <exception cref="SettingsException">A label cannot be one, or the job has no name.</exception>
    public static string PathOf(PushGatewaySettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.JobName))
            throw new SettingsException("push_gateway.job_name", "Empty. Give the group a job");
        var path = new StringBuilder("/metrics");
        Append(path, "job", settings.JobName);
        IReadOnlyDictionary<string, string> labels = settings.GroupingKey ?? new Dictionary<string, string> { ["instance"] = Environment.MachineName };
        foreach ((string name, string value) in labels)
        {
            if (name == "job")
                throw new SettingsException("push_gateway.grouping_key", "'job' is set by job_name. Remove it here");
            Append(path, LabelNames.Check("push_gateway.grouping_key", name), value);
        }

        return path.ToString();
    }

    private static void Append(StringBuilder path, string name, string value)
    {
        // A slash would end the value, and nothing cannot stand in a path.
        bool plain = value.Length > 0 && !value.Contains('/', StringComparison.Ordinal);
        path.Append('/').Append(name).Append(plain ? "/" : "@base64/").Append(plain ? Uri.EscapeDataString(value) : Base64Of(value));
    }

    private static string Base64Of(string value) => value.Length == 0
        ? "="
        : System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value));
}
