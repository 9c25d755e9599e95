using System.Diagnostics.Tracing;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Logstash;

/// <summary>
/// Sends a batch as one window to the beats input, and waits until its last event is acknowledged. While its pipeline is blocked, the input
/// says every few seconds that it is alive; how long that is listened to is the host's deadline.
/// </summary>
internal sealed class LogstashBeatsConnector(StreamEndpoints endpoints, LogstashOptions options, EventWriter writer, PluginContext context) : IConnector
{
    private readonly AnsweredTransport _transport = new(endpoints, context);
    private readonly LumberjackWindow _window = new(writer, options.Compression);
    private int _acknowledged;
    private bool _isBlocked;

    public async ValueTask StartAsync(CancellationToken cancellationToken) => await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _window.Fill(batch);
        _acknowledged = 0;
        if (_window.Count == 0)
            return _window.Conclude(0, string.Empty);
        try
        {
            await ExchangeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (_acknowledged > 0 && exception is IOException or OperationCanceledException)
        {
            // What is acknowledged must not go out again, which an exception would have it do.
            await _transport.FailAsync().ConfigureAwait(false);
            return _window.Conclude(_acknowledged, exception is IOException ? exception.Message : "Not acknowledged before the deadline of the batch");
        }
        catch
        {
            // Half a window may have gone out, and an acknowledgement that comes late would be taken for that of another.
            await _transport.FailAsync().ConfigureAwait(false);
            throw;
        }

        _transport.Worked();
        return _window.Conclude(_acknowledged, string.Empty);
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _transport.ProbeAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        _window.Dispose();
    }

    private async ValueTask ExchangeAsync(CancellationToken cancellationToken)
    {
        AnsweredStream stream = await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);
        while (TryReadAck(stream, out uint stale))
        {
            if (stale != 0)
                throw new IOException("The receiver acknowledges something that was not sent.");
        }

        await stream.WriteAsync(_window.Bytes, cancellationToken).ConfigureAwait(false);
        while (_acknowledged < _window.Count)
        {
            if (TryReadAck(stream, out uint number))
                Acknowledge(number);
            else
                await stream.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool TryReadAck(AnsweredStream stream, out uint number)
    {
        number = 0;
        if (stream.Received.Length < LumberjackFrame.AckBytes)
            return false;
        number = LumberjackFrame.ReadAck(stream.Received);
        stream.Consume(LumberjackFrame.AckBytes);
        return true;
    }

    private void Acknowledge(uint number)
    {
        if (number == 0)
        {
            Tell(isBlocked: true);
            return;
        }

        if (number > _window.Count || number < _acknowledged)
            throw new IOException("The receiver acknowledges something that was not sent.");
        _acknowledged = (int)number;
        Tell(isBlocked: false);
    }

    private void Tell(bool isBlocked)
    {
        if (_isBlocked == isBlocked)
            return;
        _isBlocked = isBlocked;
        if (isBlocked)
            context.Log(EventLevel.Warning, "Logstash says that it is alive, and acknowledges nothing: its pipeline is blocked.");
        else
            context.Log(EventLevel.Informational, "Logstash acknowledges events again.");
    }
}
