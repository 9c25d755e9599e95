using AuditHost.Sdk;
using Zoo;

[assembly: Plugin(typeof(DiscardFactory))]

namespace Zoo;

/// <summary>The tame one: acknowledges and does nothing, for measurements of everything around it.</summary>
public sealed class DiscardFactory() : ConnectorFactory(new ConnectorInfo("discard", "Takes every batch and does nothing with it."))
{
    public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

    public override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context) => new Discard();

    private sealed class Discard : IConnector
    {
        public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) => new(DeliveryResult.Delivered);
    }
}
