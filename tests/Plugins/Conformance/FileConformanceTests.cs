using System.Text.Json;
using AuditHost.Connectors.File;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class FileConformanceTests : ConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new FileFactory();

    protected override ValueTask<TestDestination> OpenDestinationAsync() =>
        new(new FolderDestination(folder => $$"""{"path":{{JsonSerializer.Serialize(Path.Combine(folder, "out", "audit.jsonl"))}}}"""));
}
