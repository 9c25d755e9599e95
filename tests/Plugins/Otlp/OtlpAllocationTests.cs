using System.Text;
using AuditHost.Connectors.Otlp;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Otlp;

public sealed class OtlpAllocationTests
{
    [Theory]
    [InlineData("protobuf", "string")]
    [InlineData("protobuf", "map")]
    [InlineData("json", "string")]
    [InlineData("json", "map")]
    public void Writing_allocates_nothing_per_event(string encoding, string body)
    {
        var schema = new LogSchema(
            [], "audithost"u8.ToArray(), LogAttributes.Of(new Dictionary<string, string> { ["pid"] = "context.environment.process_id" }), body == "map" ? BodyKind.Map : BodyKind.String);
        ILogEncoding logs = encoding == "json" ? new JsonLogs(schema) : new ProtobufLogs(schema);
        EventBatch batch = OtlpTests.Batch(50);
        using var buffer = new PooledBuffer(1 << 20);
        logs.Write(batch, buffer);

        Assert.Equal(0, Allocations.Least(() =>
        {
            buffer.Clear();
            logs.Write(batch, buffer);
        }));
        Assert.Contains("e-49", Encoding.UTF8.GetString(buffer.Written.Span), StringComparison.Ordinal);
    }
}
