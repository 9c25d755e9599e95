using AuditHost.Connectors.Fluentd;
using AuditHost.Fakes.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>An input that wants a connection for each message.</summary>
public sealed class FluentdSingleUseConformanceTests : ConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new FluentdFactory();

    protected override ValueTask<TestDestination> OpenDestinationAsync() => new(new FluentdDestination(
        new ForwardInput { Security = new InputSecurity("kit-shared-key-31c9") { KeepAlive = false } },
        ""","shared_key":"kit-shared-key-31c9","password":"kit-password-8d2e","username":"relay" """));
}
