using AuditHost.Connectors.QRadar;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>The peer is receiver and console in one: what is asked with GET is the console's.</summary>
public sealed class QRadarReceiverConformanceTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new QRadarFactory();

    protected override string Settings(Uri endpoint) =>
        $$"""{"mode":"http_receiver","receiver_endpoint":"{{endpoint}}","api_endpoint":"{{endpoint}}","api_token":"kit-secret-77ab"}""";

    protected override PeerAnswer Delivered(PeerRequest request) =>
        new(200, request.Method == "GET" ? """{"external_version":"7.5.0"}""" : string.Empty);
}
