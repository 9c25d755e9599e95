using System.Text.Json;
using AuditHost.Connectors.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GenericCefFileConformanceTests : ConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new GenericCefFactory();

    protected override ValueTask<TestDestination> OpenDestinationAsync() =>
        new(new FolderDestination(folder => $$"""{"output_type":"file","path":{{JsonSerializer.Serialize(Path.Combine(folder, "audit.cef"))}}}"""));
}
