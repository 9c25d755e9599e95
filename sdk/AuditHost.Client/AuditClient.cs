using System.Text.Json;
using System.Threading.Channels;
using AuditHost.Client.Sending;
using AuditHost.Client.Spool;

namespace AuditHost.Client;

/// <summary>
/// Sends audit events to a host. Events that come at the same time go in one request; what the host cannot take now is tried again, and waits on disk
/// where there is a spool. One client is enough for a process, and may be used by any number of threads.
/// </summary>
public sealed class AuditClient : IAsyncDisposable
{
    private readonly AuditClientOptions _options;
    private readonly Channel<Submission> _queue;
    private readonly EventSpool? _spool;
    private readonly HostConnection _connection;
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _sending;

    /// <summary>Creates a client without a spool.</summary>
    /// <param name="endpoint">The host's listener.</param>
    /// <param name="token">One of its tokens, if it asks for one.</param>
    public AuditClient(Uri endpoint, string? token = null)
        : this(new AuditClientOptions { Endpoint = endpoint, Token = token })
    {
    }

    /// <summary>Creates a client.</summary>
    /// <exception cref="ArgumentException">The endpoint is none.</exception>
    /// <exception cref="IOException">The spool is in use by another client, or cannot be written.</exception>
    public AuditClient(AuditClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _queue = Channel.CreateBounded<Submission>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _connection = new HostConnection(options);
        _spool = options.SpoolDirectory is { } directory ? EventSpool.Open(directory, options.MaxSpoolBytes) : null;
        var sender = new Sender(options, _connection, _spool, _queue.Reader, _abort.Token);
        _sending = Task.Run(sender.RunAsync);
    }

    /// <summary>Sends an event, and ends once it is safe.</summary>
    /// <param name="record">The event.</param>
    /// <param name="cancellationToken">Ends the wait; the event may be sent all the same.</param>
    /// <returns>Where it is safe.</returns>
    /// <exception cref="AuditRejectedException">The host refuses the event.</exception>
    /// <exception cref="IOException">The spool cannot be written; the event is not safe.</exception>
    public Task<AuditDelivery> SendAsync(AuditRecord record, CancellationToken cancellationToken = default) =>
        SubmitAsync(new Submission(Write(record)), cancellationToken);

    /// <summary>Sends an event that is JSON already, and ends once it is safe.</summary>
    /// <param name="json">One JSON object in UTF-8. Give it an <c>event_id</c>, by which the host knows it when it comes again.</param>
    /// <param name="cancellationToken">Ends the wait; the event may be sent all the same.</param>
    /// <returns>Where it is safe.</returns>
    /// <exception cref="ArgumentException">It is no JSON object.</exception>
    /// <exception cref="AuditRejectedException">The host refuses the event.</exception>
    /// <exception cref="IOException">The spool cannot be written; the event is not safe.</exception>
    public Task<AuditDelivery> SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default) =>
        SubmitAsync(new Submission(OneLine(json)), cancellationToken);

    /// <summary>
    /// Hands an event over without waiting for what becomes of it. Waits only where so many events are under way that there is no room for one more. One that
    /// is refused goes to <see cref="AuditClientOptions.OnRejected"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The client is closed.</exception>
    public void Post(AuditRecord record)
    {
        var submission = new Submission(Write(record)) { IsUnattended = true };
        try
        {
            // Whoever writes audit events faster than they can be kept has to wait: there is no other place for them.
            if (!_queue.Writer.TryWrite(submission))
                _queue.Writer.WriteAsync(submission).AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(AuditClient));
        }
    }

    /// <summary>
    /// Sends what is under way, or spools it, and ends. Without a spool and with the host away, waits for <see cref="AuditClientOptions.Timeout"/> and then fails
    /// what is left.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _abort.CancelAfter(_options.Timeout);
        await _sending.ConfigureAwait(false);
        _connection.Dispose();
        _spool?.Dispose();
        _abort.Dispose();
    }

    private async Task<AuditDelivery> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(submission, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(AuditClient));
        }

        return await submission.Outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Write(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return JsonSerializer.SerializeToUtf8Bytes(record, RecordContext.Default.AuditRecord);
    }

    /// <summary>Line breaks of JSON stand between its tokens alone.</summary>
    private static byte[] OneLine(ReadOnlyMemory<byte> json)
    {
        byte[] line = json.ToArray();
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.TrySkip() || reader.Read())
                throw new ArgumentException("Expected one JSON object.", nameof(json));
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"Expected one JSON object. {exception.Message}", nameof(json), exception);
        }

        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }
}
