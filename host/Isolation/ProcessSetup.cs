using AuditHost.Configuration.Options;
using AuditHost.Isolation.Messages;
using AuditHost.Lanes;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Isolation;

/// <summary>Says what a destination's process must know, and nothing beyond.</summary>
internal static class ProcessSetup
{
    public static SetupMessage Of(DestinationOptions options, ConnectorFactory connector, string baseDirectory, Guid logId, IPluginCatalogue plugins) => new()
    {
        Destination = options.Name,
        Section = options.Section,
        Type = options.Type,
        Assemblies = [.. RendererFactory.Factories(options, connector, plugins).Select(factory => plugins.DescriptionOf(factory).MainAssembly!).Distinct()],
        Format = options.Format,
        FormatSettings = options.FormatSettings.ToArray(),
        Template = options.Template,
        Settings = options.Settings.ToArray(),
        Tls = options.Tls,
        ConnectionPool = options.ConnectionPool,
        Authentication = AuthenticationMessage.Of(options.Authentication),
        Proxy = options.Proxy,
        BaseDirectory = baseDirectory,
        LogId = logId,
        MaxOpenFiles = options.Isolation!.OpenFiles,
    };
}
