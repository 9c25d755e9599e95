using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>Keeps one connection to the first receiver that works, for protocols whose messages are answered. One exchange at a time.</summary>
/// <param name="endpoints">The receivers.</param>
/// <param name="context">Connects.</param>
/// <param name="greet">What both sides say before the first message; <see langword="null"/> for nothing.</param>
public sealed class AnsweredTransport(
    StreamEndpoints endpoints, PluginContext context, Func<AnsweredStream, CancellationToken, ValueTask>? greet = null) : IAsyncDisposable
{
    private AnsweredStream? _stream;

    /// <summary>The connection in use, or a new one where there is none or its peer is gone.</summary>
    /// <exception cref="IOException">No receiver can be reached.</exception>
    public async ValueTask<AnsweredStream> OpenAsync(CancellationToken cancellationToken)
    {
        if (_stream is not null && IsUsable(_stream))
            return _stream;
        await CloseAsync().ConfigureAwait(false);
        return _stream = await ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Remembers that the receiver in use took what was sent.</summary>
    public void Worked()
    {
        if (_stream is not null)
            endpoints.Worked(_stream.Endpoint);
    }

    /// <summary>Closes the connection after a failure; the next one goes to another receiver where there is one.</summary>
    public ValueTask FailAsync()
    {
        if (_stream is not null)
            endpoints.Failed(_stream.Endpoint);
        return CloseAsync();
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask CloseAsync()
    {
        if (_stream is not { } stream)
            return;
        _stream = null;
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Connects, greets and leaves again; an exchange may run meanwhile.</summary>
    /// <exception cref="IOException">No receiver can be reached.</exception>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        AnsweredStream stream = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => CloseAsync();

    private static bool IsUsable(AnsweredStream stream)
    {
        try
        {
            while (stream.TryReceive())
            {
                // What was said before the peer left must be read to see that it left.
            }

            return !stream.IsGone;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private ValueTask<AnsweredStream> ConnectAsync(CancellationToken cancellationToken) => endpoints.OpenAsync(async endpoint =>
    {
        Stream transport = await context.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
        var stream = new AnsweredStream(endpoint, transport, context.Time);
        try
        {
            if (greet is not null)
                await greet(stream, cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    });
}
