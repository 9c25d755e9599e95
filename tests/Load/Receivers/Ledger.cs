using System.Collections;
using System.Diagnostics;

namespace AuditHost.Load;

/// <summary>What arrived: every event is ticked off under its number, so that losses and duplicates cannot make up for each other.</summary>
internal sealed class Ledger(int capacity, byte[] marker)
{
    private readonly Lock _gate = new();
    private readonly BitArray _seen = new(capacity);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _awaited = int.MaxValue;

    /// <summary>Of events that came in as JSON.</summary>
    public Ledger(int capacity)
        : this(capacity, Samples.Marker(InputKind.Http))
    {
    }

    /// <summary>How many different events arrived.</summary>
    public int Received { get; private set; }

    /// <summary>How many arrived once more.</summary>
    public int Duplicates { get; private set; }

    /// <summary>The sum of the numbers of all that arrived, duplicates too.</summary>
    public long Sum { get; private set; }

    /// <summary>When the first event arrived.</summary>
    public long FirstArrival { get; private set; }

    /// <summary>When the last new event arrived.</summary>
    public long LastArrival { get; private set; }

    /// <summary>Where the latencies go from now on; <see langword="null"/> while they are not of interest.</summary>
    public Latencies? Delivered { get; set; }

    /// <summary>Ticks off the events of a text that ends at the end of an event.</summary>
    public void Take(ReadOnlySpan<byte> text)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            for (int at; (at = text.IndexOf(marker)) >= 0;)
            {
                text = text[(at + marker.Length)..];
                if (EventId.TryRead(text, out long time, out long sequence))
                    Note((int)sequence, now, now - time);
            }

            if (Received >= _awaited)
                _reached.TrySetResult();
        }
    }

    /// <summary>Ends when so many different events have arrived, or a receiver failed.</summary>
    /// <exception cref="TimeoutException">No new event came for as long as that: a slow shipper is waited for, a lost event is not.</exception>
    public async Task WhenReceivedAsync(int count, TimeSpan patience)
    {
        Task reached = WhenReceived(count);
        for (int before = -1; !reached.IsCompleted && Received > before;)
        {
            before = Received;
            await reached.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!reached.IsCompleted)
            throw new TimeoutException($"No new event has arrived for {patience.TotalSeconds} s.");
        await reached;
    }

    /// <summary>Tells whoever waits that a receiver is broken.</summary>
    public void Fail(Exception exception) => _failed.TrySetException(exception);

    private Task WhenReceived(int count)
    {
        lock (_gate)
        {
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = count;
            if (Received >= count)
                _reached.TrySetResult();
            return Task.WhenAny(_reached.Task, _failed.Task).Unwrap();
        }
    }

    private void Note(int sequence, long now, long latency)
    {
        Sum += sequence;
        if (_seen[sequence])
        {
            Duplicates++;
            return;
        }

        _seen[sequence] = true;
        if (Received++ == 0)
            FirstArrival = now;
        LastArrival = now;
        Delivered?.Add(latency);
    }
}
