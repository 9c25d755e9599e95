using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace AuditHost.Fakes.WebSockets;

/// <summary>
/// A server that collects events over WebSocket and acknowledges them. It holds a client to RFC 6455 by the letter; what breaks it closes the
/// connection and is noted.
/// </summary>
public sealed class WebSocketCollector(CollectorRules? rules = null, X509Certificate2? certificate = null) : FakeStreamServer(certificate)
{
    private readonly CollectorRules _rules = rules ?? new CollectorRules();
    private readonly ConcurrentQueue<Func<CollectedMessage, CollectorAnswer>> _answers = [];
    private readonly ConcurrentQueue<CollectedMessage> _messages = [];
    private readonly ConcurrentQueue<UpgradeRequest> _upgrades = [];
    private readonly Channel<CollectedMessage> _arrivals = Channel.CreateUnbounded<CollectedMessage>();
    private readonly TaskCompletionSource _pinged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;

    /// <summary>Where it listens, as a WebSocket address with the path <c>/audit</c>.</summary>
    public string Url => $"{(Address.Scheme == "tls" ? "wss" : "ws")}://{Address.Authority}/audit";

    public CollectorRules Rules => _rules;

    /// <summary>The upgrades that were taken or refused, in order.</summary>
    public IReadOnlyList<UpgradeRequest> Upgrades => [.. _upgrades];

    /// <summary>The messages taken, in order, while <see cref="FakeStreamServer.Keeps"/> is set.</summary>
    public IReadOnlyList<CollectedMessage> Messages => [.. _messages];

    /// <summary>How many events were taken.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Completes with the first ping.</summary>
    public Task Pinged => _pinged.Task;

    /// <summary>Answers the next messages in these ways, one after the other; those after them are acknowledged.</summary>
    public void AnswerNext(params IEnumerable<Func<CollectedMessage, CollectorAnswer>> answers)
    {
        foreach (Func<CollectedMessage, CollectorAnswer> answer in answers)
            _answers.Enqueue(answer);
    }

    /// <summary>The next message that nobody has waited for.</summary>
    public ValueTask<CollectedMessage> NextAsync(CancellationToken cancellationToken) => _arrivals.Reader.ReadAsync(cancellationToken);

    protected override async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var session = new CollectorSession(_rules, Take)
        {
            AnswersPings = _rules.AnswersPings,
            MaxMessageBytes = _rules.MaxMessageBytes,
            Counts = Keeps ? null : events => Interlocked.Add(ref _count, events),
        };
        byte[] buffer = new byte[64 << 10];
        bool isKnown = false;
        while (!session.IsOver && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            ReadOnlyMemory<byte> said = session.Feed(buffer.AsMemory(0, read));
            if (!isKnown && session.Request is { } request)
            {
                isKnown = true;
                _upgrades.Enqueue(request);
            }

            if (session.Pings > 0)
                _pinged.TrySetResult();
            await stream.WriteAsync(said, cancellationToken);
        }

        if (session.Violation is { } violation)
            Break(violation);
    }

    private CollectorAnswer Take(CollectedMessage message)
    {
        CollectorAnswer answer = _answers.TryDequeue(out Func<CollectedMessage, CollectorAnswer>? next) ? next(message) : CollectorSession.Acknowledge(message, _rules);
        _messages.Enqueue(message);
        Interlocked.Add(ref _count, message.Events.Count);
        _arrivals.Writer.TryWrite(message);
        return answer;
    }
}
