using System.Buffers;
using AuditHost.Connectors.Teams;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class TeamsConformanceTests : HttpConnectorConformance
{
    protected override IEventFormatter Formatter { get; } = new Attachment();

    protected override ConnectorFactory CreateFactory() => new TeamsFactory();

    protected override string Settings(Uri endpoint) => $$"""{"webhook_url":"{{endpoint}}workflows/x/triggers/manual/paths/invoke?sig=kit%7Esecret-0f3b"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(202);

    /// <summary>The event as the attachment of a message: the connector sends none without, and the kit looks for the event.</summary>
    private sealed class Attachment : IEventFormatter
    {
        public string ContentType => "application/json";

        public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
        {
            output.Write("""{"type":"message","attachments":["""u8);
            OneLineJson.Write(auditEvent.Json.Span, output);
            output.Write("]}"u8);
        }
    }
}
