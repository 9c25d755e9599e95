using System.Text;
using AuditHost.Connectors.Logstash;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Logstash;

/// <summary>What the tests of the connector share.</summary>
internal static class LogstashTest
{
    public static IConnector Create(PluginContext context, Uri endpoint, string further = "") => Create(context, $"\"{endpoint}\"", further);

    public static IConnector Create(PluginContext context, string endpoint, string further = "") =>
        new LogstashFactory().Create(Encoding.UTF8.GetBytes($$"""{"endpoint":{{endpoint}}{{further}}}"""), context);
}
