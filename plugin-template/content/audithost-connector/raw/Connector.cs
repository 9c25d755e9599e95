using AuditHost.Sdk;

namespace Template._1;

/// <summary>Keeps one connection and writes each batch to it at once.</summary>
internal sealed class Connector(Uri endpoint, PluginContext context) : IConnector
{
    private Stream? _connection;

    public async ValueTask StartAsync(CancellationToken cancellationToken) => _connection ??= await context.ConnectAsync(endpoint, cancellationToken);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await context.ConnectAsync(endpoint, cancellationToken);
            await _connection.WriteAsync(batch.Body, cancellationToken);
            await _connection.FlushAsync(cancellationToken);

            // A protocol that confirms is read here: only then is a batch delivered. This one says nothing.
            return DeliveryResult.Delivered;
        }
        catch
        {
            // The receiver may hold half a line: no other may follow on this connection.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        await using Stream stream = await context.ConnectAsync(endpoint, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
