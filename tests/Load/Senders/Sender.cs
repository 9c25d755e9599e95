using System.Diagnostics;

namespace AuditHost.Load;

/// <summary>Sends numbered events: as fast as they are taken, or at a steady rate.</summary>
internal sealed class Sender
{
    public const int FloodBody = 1000;
    public const int SteadyBody = 100;

    private readonly IIntake _intake;
    private readonly EventBody[] _flood;
    private readonly EventBody[] _steady;
    private int _next;
    private long _bytes;

    public Sender(IIntake intake, Samples samples)
    {
        _intake = intake;
        _flood = [.. Enumerable.Range(0, intake.Connections).Select(_ => new EventBody(samples, FloodBody))];
        _steady = [.. Enumerable.Range(0, intake.Connections).Select(_ => new EventBody(samples, SteadyBody))];
    }

    /// <summary>How many events were sent; also the number of the next one.</summary>
    public int Sent => _next;

    /// <summary>The bytes of the events sent.</summary>
    public long Bytes => _bytes;

    /// <summary>Sends bodies of <see cref="FloodBody"/> events, each as soon as the one before was taken.</summary>
    public Task FloodAsync(int events, Latencies accepted)
    {
        int end = _next + events;
        return OnEachConnectionAsync(async connection =>
        {
            EventBody body = _flood[connection];
            for (int first; (first = Claim(body, end)) >= 0;)
                await SendAsync(connection, body, first, Stopwatch.GetTimestamp(), accepted);
        });
    }

    /// <summary>Sends bodies of <see cref="SteadyBody"/> events, each at its time.</summary>
    public Task SteadyAsync(int events, int perSecond, Latencies accepted) =>
        PacedAsync(events, number => number / (double)perSecond, accepted);

    /// <summary>Sends bodies of <see cref="SteadyBody"/> events, each at its time.</summary>
    /// <param name="events">How many.</param>
    /// <param name="due">How many seconds after the start the n-th of them is due.</param>
    /// <param name="accepted">Takes the time from then to the answer.</param>
    public Task PacedAsync(int events, Func<int, double> due, Latencies accepted)
    {
        int begin = _next;
        int end = begin + events;
        long start = Stopwatch.GetTimestamp();
        return OnEachConnectionAsync(async connection =>
        {
            EventBody body = _steady[connection];
            for (int first; (first = Claim(body, end)) >= 0;)
            {
                long time = start + (long)(due(first - begin) * Stopwatch.Frequency);

                // A body that is late because the host was busy counts from when it was due; a late timer is not the host's doing.
                TimeSpan early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), time);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early);
                    time = Stopwatch.GetTimestamp();
                }

                await SendAsync(connection, body, first, time, accepted);
            }
        });
    }

    private int Claim(EventBody body, int end)
    {
        int first = Interlocked.Add(ref _next, body.Events) - body.Events;
        if (first < end)
            return first;
        Interlocked.Add(ref _next, -body.Events);
        return -1;
    }

    private async ValueTask SendAsync(int connection, EventBody body, int first, long due, Latencies accepted)
    {
        body.Stamp(first, due);
        Interlocked.Add(ref _bytes, body.Lines.Length);
        await _intake.SendAsync(connection, body);
        if (_intake.Acknowledges)
            accepted.Add(Stopwatch.GetTimestamp() - due);
    }

    private Task OnEachConnectionAsync(Func<int, Task> work) =>
        Task.WhenAll(Enumerable.Range(0, _intake.Connections).Select(connection => Task.Run(() => work(connection))));
}
