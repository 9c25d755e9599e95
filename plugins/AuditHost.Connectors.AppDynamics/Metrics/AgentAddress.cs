using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Metrics;

/// <summary>The address of a machine agent's HTTP listener; its path is added where there is none.</summary>
internal static class AgentAddress
{
    private const string Path = "/api/v1/metrics";

    /// <exception cref="SettingsException">It is no address.</exception>
    public static Uri Parse(MachineAgentSettings settings)
    {
        Uri endpoint = HttpEndpoint.Parse("machine_agent.endpoint", settings.Endpoint);
        return endpoint.AbsolutePath == "/" ? new UriBuilder(endpoint) { Path = Path }.Uri : endpoint;
    }
}
