namespace AuditHost.Sdk.Conformance;

/// <summary>Writes lines to a connection and does all as it should but for one thing.</summary>
internal sealed class FaultyStreamConnector(StreamFault fault, Uri endpoint, PluginContext context) : IConnector
{
    private Stream? _connection;

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        CancellationToken token = fault == StreamFault.IgnoresToken ? CancellationToken.None : cancellationToken;
        try
        {
            _connection ??= await context.ConnectAsync(endpoint, token);
            await _connection.WriteAsync(batch.Body, token);
            return DeliveryResult.Delivered;
        }
        catch (IOException) when (fault == StreamFault.SwallowsErrors)
        {
            return DeliveryResult.Delivered;
        }
        catch (IOException exception) when (fault == StreamFault.ThrowsOddly)
        {
            await DisposeAsync();
            throw new InvalidOperationException("Broken.", exception);
        }
        catch (OperationCanceledException) when (fault == StreamFault.KeepsConnectionAfterDeadline)
        {
            throw;
        }
        catch (Exception) when (fault != StreamFault.KeepsBrokenConnection)
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
