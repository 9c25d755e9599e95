using System.Net.Sockets;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>One datagram per message. Nobody tells whether it arrived.</summary>
internal sealed class DatagramTransport(SyslogTransportOptions options, PluginContext context) : SyslogTransport(options, context)
{
    private readonly FramedBatch _batch = new(framing: null, options.MaxMessageBytes, options.Composer);
    private Stream? _socket;

    public override async ValueTask StartAsync(CancellationToken cancellationToken) =>
        _socket ??= await OpenAsync(cancellationToken).ConfigureAwait(false);

    public override async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _batch.Fill(batch);
        for (int next = 0; next < _batch.Count; next++)
        {
            Frame frame = _batch.Frames[next];
            try
            {
                _socket ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
                await _socket.WriteAsync(_batch.BytesOf(frame), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsTooLong(exception))
            {
                _batch.Fail(frame.Index, FailureKind.TooLarge, $"The network takes no datagram of {frame.Length} bytes; lower max_message_bytes.");
            }
            catch (Exception exception) when (next > 0 && exception is IOException or SocketException)
            {
                await CloseAsync().ConfigureAwait(false);
                FailFrom(next, exception.Message);
                break;
            }
            catch
            {
                await CloseAsync().ConfigureAwait(false);
                throw;
            }
        }

        return _batch.Result;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _batch.Dispose();
    }

    private static bool IsTooLong(Exception exception) =>
        (exception as SocketException ?? exception.InnerException as SocketException)?.SocketErrorCode == SocketError.MessageSize;

    private void FailFrom(int next, string reason)
    {
        for (; next < _batch.Count; next++)
            _batch.Fail(_batch.Frames[next].Index, FailureKind.Transient, reason);
    }

    private async ValueTask CloseAsync()
    {
        if (_socket is not { } socket)
            return;
        _socket = null;
        await socket.DisposeAsync().ConfigureAwait(false);
    }
}
