using AuditHost.Connectors.QRadar;
using AuditHost.Fakes.QRadar;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class QRadarTlsConformanceTests : StreamConnectorConformance, IAsyncLifetime
{
    private readonly FakeConsole _console = new();

    protected override bool Tls => true;

    public async ValueTask InitializeAsync() => await _console.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    protected override ConnectorFactory CreateFactory() => new QRadarFactory();

    protected override string Settings(Uri endpoint) =>
        $$"""{"mode":"tls","server":"{{endpoint.Authority}}","api_endpoint":"{{_console.Address}}","api_token":"{{FakeConsole.Token}}"}""";
}
