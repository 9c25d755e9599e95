using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace AuditHost.Fakes.Fluentd;

/// <summary>
/// The <c>forward</c> input of Fluentd. It drops what is above its limit without a word and acknowledges nothing of it, as Fluentd does; what
/// breaks a rule closes the connection and is noted.
/// </summary>
public sealed class ForwardInput(X509Certificate2? certificate = null) : FakeStreamServer(certificate)
{
    private readonly ConcurrentQueue<AckManner> _manners = [];
    private readonly ConcurrentQueue<FluentEvent> _events = [];
    private readonly ConcurrentQueue<ForwardMessage> _messages = [];
    private readonly Channel<ForwardMessage> _arrivals = Channel.CreateUnbounded<ForwardMessage>();
    private long _count;
    private int _dropped;

    /// <summary>The input's security section; <see langword="null"/> where it greets nobody.</summary>
    public InputSecurity? Security { get; init; }

    /// <summary>The input's chunk_size_limit in bytes of the message; 0 for none.</summary>
    public int ChunkSizeLimit { get; init; }

    /// <summary>The events taken, in order, while <see cref="FakeStreamServer.Keeps"/> is set.</summary>
    public IReadOnlyList<FluentEvent> Events => [.. _events];

    /// <summary>The messages taken, in order, while <see cref="FakeStreamServer.Keeps"/> is set.</summary>
    public IReadOnlyList<ForwardMessage> Messages => [.. _messages];

    public long Count => Volatile.Read(ref _count);

    /// <summary>How many messages were dropped without a word.</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    /// <summary>Acknowledges the next chunks in these manners, one after the other.</summary>
    public void AcknowledgeNext(params IEnumerable<AckManner> manners)
    {
        foreach (AckManner manner in manners)
            _manners.Enqueue(manner);
    }

    /// <summary>The next message, acknowledged or not, dropped ones included, that nobody has waited for.</summary>
    public ValueTask<ForwardMessage> NextAsync(CancellationToken cancellationToken) => _arrivals.Reader.ReadAsync(cancellationToken);

    protected override async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var connection = new ForwardConnection(stream);
        var outstanding = new HashSet<string>();
        try
        {
            if (Security is not null && !await GreetAsync(connection, cancellationToken))
                return;
            byte[] held = [];
            for (int number = 1; await connection.ReadAsync(ForwardMessage.Read, cancellationToken) is { } message; number++)
            {
                if (number > 1 && Security is { KeepAlive: false })
                    throw new FormatException("A second message although the connection is for one.");
                if (!Take(message, outstanding))
                    continue;
                held = await AcknowledgeAsync(connection, message.Chunk!, held, cancellationToken);
                if (held.Length == 0)
                    outstanding.Clear();
            }
        }
        catch (FormatException exception)
        {
            Break(exception.Message);
        }
    }

    private async Task<bool> GreetAsync(ForwardConnection connection, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(Security!.Greeting(), cancellationToken);
        var answer = await connection.ReadAsync(input => new Greeted(Security.Answer(input)), cancellationToken);
        if (answer is null)
            return false;
        await connection.WriteAsync(answer.Value.Answer, cancellationToken);
        return answer.Value.IsWelcome;
    }

    /// <returns>Whether it is to be acknowledged.</returns>
    private bool Take(ForwardMessage message, HashSet<string> outstanding)
    {
        // On one connection: a sender that gave up on an acknowledgement comes over another, with the same id, as Fluentd's own output does.
        if (message.Chunk is not null && !outstanding.Add(message.Chunk))
            throw new FormatException("Two chunks of the same id are outstanding.");
        bool isDropped = ChunkSizeLimit > 0 && message.Length > ChunkSizeLimit;
        if (isDropped)
            Interlocked.Increment(ref _dropped);
        else
            Store(message);
        _arrivals.Writer.TryWrite(message);
        return !isDropped && message.Chunk is not null;
    }

    private void Store(ForwardMessage message)
    {
        if (!Keeps)
        {
            Interlocked.Add(ref _count, message.CountEvents());
            return;
        }

        IReadOnlyList<FluentEvent> events = message.ReadEvents();
        _messages.Enqueue(message);
        foreach (FluentEvent one in events)
            _events.Enqueue(one);
        Interlocked.Add(ref _count, events.Count);
    }

    /// <returns>What goes out with the next acknowledgement.</returns>
    private async Task<byte[]> AcknowledgeAsync(ForwardConnection connection, string chunk, byte[] held, CancellationToken cancellationToken)
    {
        byte[] ack = new MessagePackOutput().Map(1).Text("ack").Text(chunk).ToArray();
        switch (_manners.TryDequeue(out AckManner manner) ? manner : AckManner.Acknowledges)
        {
            case AckManner.Keeps:
                return held;
            case AckManner.Closes:
                throw new IOException("Closed on purpose.");
            case AckManner.Confuses:
                await connection.WriteAsync(new MessagePackOutput().Map(1).Text("ack").Text("AAAAAAAAAAAAAAAAAAAAAA==").ToArray(), cancellationToken);
                return held;
            case AckManner.Babbles:
                await connection.WriteAsync([0xC1, 0xC1, 0xC1], cancellationToken);
                return held;
            case AckManner.Evades:
                await connection.WriteAsync(new MessagePackOutput().Map(1).Text("ok").Boolean(true).ToArray(), cancellationToken);
                return held;
            case AckManner.Floods:
                await connection.WriteAsync([0xDC, 0xFF, 0xFF, .. new byte[70_000]], cancellationToken);
                return held;
            case AckManner.BreaksOff:
                await connection.WriteAsync(ack[..(ack.Length / 2)], cancellationToken);
                throw new IOException("Closed on purpose.");
            case AckManner.Repeats:
                await connection.WriteAsync([.. ack, .. ack], cancellationToken);
                return held;
            case AckManner.Stutters:
                foreach (byte one in ack)
                    await connection.WriteAsync([one], cancellationToken);
                return held;
            case AckManner.Waits:
                return [.. held, .. ack];
            default:
                await connection.WriteAsync([.. held, .. ack], cancellationToken);
                return [];
        }
    }

    private sealed record Greeted((bool IsWelcome, byte[] Answer) Value);
}
