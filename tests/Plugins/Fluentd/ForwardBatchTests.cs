using AuditHost.Connectors.Fluentd;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

public sealed class ForwardBatchTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("audit")]
    [InlineData("copybook.{{ audit.type }}")]
    public void What_is_allocated_does_not_depend_on_the_number_of_events(string tag)
    {
        var settings = new FluentdSettings { Endpoint = EndpointList.Of("h"), Tag = tag };
        using var batch = new ForwardBatch(settings, EventTags.Create(tag, new TemplatingContext(_context)), "test");
        EventBatch few = FluentdTest.Batch(50);
        EventBatch many = FluentdTest.Batch(500);
        batch.Fill(many);
        batch.Fill(few);

        Assert.Equal(AllocatedBy(batch, few), AllocatedBy(batch, many));
    }

    private static long AllocatedBy(ForwardBatch batch, EventBatch events)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        batch.Fill(events);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
