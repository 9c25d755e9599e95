using AuditHost.Connectors.Logstash;
using AuditHost.Plugins.Tests.Fluentd;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Logstash;

public sealed class LumberjackWindowTests
{
    [Fact]
    public void Nothing_is_allocated_per_event()
    {
        using var window = new LumberjackWindow(new EventWriter("audithost"), LogstashCompression.None);
        EventBatch batch = FluentdTest.Batch(500);
        window.Fill(batch);

        Assert.Equal(0, Allocations.Least(() => window.Fill(batch)));
    }
}
