using System.Collections.Concurrent;
using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>Sends mutations over WebSocket connections, one for each send that runs at a time.</summary>
/// <param name="createChannel">Makes a connection, which opens with its first send.</param>
internal sealed class GraphQLSocketConnector(Func<GraphQLChannel> createChannel) : IConnector
{
    private readonly ConcurrentStack<GraphQLChannel> _idle = new();

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        GraphQLChannel channel = Take();
        try
        {
            await channel.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _idle.Push(channel);
        }
    }

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        GraphQLChannel channel = Take();
        try
        {
            return await channel.SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _idle.Push(channel);
        }
    }

    /// <summary>Connects and says <c>connection_init</c>, which asks for nothing.</summary>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        await using GraphQLChannel channel = createChannel();
        await channel.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryPop(out GraphQLChannel? channel))
            await channel.DisposeAsync().ConfigureAwait(false);
    }

    private GraphQLChannel Take() => _idle.TryPop(out GraphQLChannel? channel) ? channel : createChannel();
}
