using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using AuditHost.Connectors.CloudWatch;
using AuditHost.Fakes.CloudWatch;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.CloudWatch;

/// <summary>The plugin with its own copy of the AWS SDK, which has not looked for anything yet.</summary>
internal sealed class PluginCopy : AssemblyLoadContext, IDisposable
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(CloudWatchFactory).Assembly.Location)!;

    public PluginCopy()
        : base("copy", isCollectible: true)
    {
    }

    public IConnector Connect(PluginContext context, Uri endpoint)
    {
        Assembly plugin = LoadFromAssemblyPath(typeof(CloudWatchFactory).Assembly.Location);
        var factory = (ConnectorFactory)Activator.CreateInstance(plugin.GetType(typeof(CloudWatchFactory).FullName!)!)!;
        return factory.Create(
            Encoding.UTF8.GetBytes($$"""{"log_group":"/aws/copybook/audit","log_stream":"audit-events","region":"{{FakeCloudWatchLogs.Region}}","endpoint":"{{endpoint}}"}"""),
            context);
    }

    public void Dispose() => Unload();

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(Folder, assemblyName.Name + ".dll");
        return assemblyName.Name != "AuditHost.Sdk" && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
