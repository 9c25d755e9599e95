using System.Collections.Concurrent;
using System.Threading.Channels;

namespace AuditHost.Fakes.Graylog;

/// <summary>What all inputs of Graylog have in common: messages they took, and rules that were broken, which Graylog itself drops without a word.</summary>
public sealed class GelfIntake
{
    private readonly Channel<GelfMessage> _arrivals = Channel.CreateUnbounded<GelfMessage>();
    private readonly ConcurrentQueue<GelfMessage> _messages = [];
    private readonly ConcurrentQueue<string> _violations = [];
    private long _count;

    /// <summary>Whether messages are kept; off for load, where only counts are wanted.</summary>
    public bool Keeps { get; set; } = true;

    /// <summary>The messages taken, in order, while <see cref="Keeps"/> is set.</summary>
    public IReadOnlyList<GelfMessage> Messages => [.. _messages];

    public long Count => Volatile.Read(ref _count);

    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>The next message that nobody has waited for.</summary>
    public ValueTask<GelfMessage> NextAsync(CancellationToken cancellationToken) => _arrivals.Reader.ReadAsync(cancellationToken);

    public async Task<IReadOnlyList<GelfMessage>> NextAsync(int count, CancellationToken cancellationToken)
    {
        var messages = new List<GelfMessage>(count);
        while (messages.Count < count)
            messages.Add(await NextAsync(cancellationToken));
        return messages;
    }

    public void Break(string rule) => _violations.Enqueue(rule);

    /// <summary>Takes a message, uncompressed. One that is only counted is not looked at.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        if (!Keeps)
        {
            Interlocked.Increment(ref _count);
            return;
        }

        try
        {
            var parsed = GelfMessage.Parse(message);
            Interlocked.Increment(ref _count);
            _messages.Enqueue(parsed);
            _arrivals.Writer.TryWrite(parsed);
        }
        catch (Exception exception) when (exception is FormatException or System.Text.DecoderFallbackException)
        {
            Break(exception.Message);
        }
    }
}
