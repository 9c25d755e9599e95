using AuditHost.Connectors.AppDynamics;
using AuditHost.Formats.Cef;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class AppDynamicsConformanceTests : HttpConnectorConformance
{
    private const string Schema = """{"schema":{"severity_level":"integer","event_time":"date","event_id":"string","event_type":"string","severity":"string","source":"string","user_name":"string","host_name":"string","operation_id":"string","classification":"string","compliance_profiles":"string","integrity_hash":"string","previous_hash":"string","event_body":"string","is_truncated":"boolean","eventTimestamp":"date"}}""";

    /// <summary>Not JSON, and without the id, which is counted by its name: that stands in a column of its own.</summary>
    protected override IEventFormatter Formatter { get; } = Rendering.Create(new CefFormatterFactory());

    protected override ConnectorFactory CreateFactory() => new AppDynamicsFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","account_name":"customer1_4711","api_key":"kit-analytics-key-7d2e"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => request.Method == "GET" ? new(200, Schema) : new(200);

    /// <summary>The schema is asked for before events are blamed.</summary>
    protected override PeerAnswer Refused(PeerRequest request) =>
        request.Method == "GET" ? Delivered(request) : new(400, """{"statusCode":400,"code":"BadRequest","message":"no"}""");
}
