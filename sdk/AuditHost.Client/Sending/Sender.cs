using System.Threading.Channels;
using AuditHost.Client.Spool;

namespace AuditHost.Client.Sending;

/// <summary>
/// Takes events out of the queue and brings them to the host, or to the spool while the host is away. While anything is spooled, new events are spooled
/// too, so that their order stays.
/// </summary>
/// <param name="options">How to send.</param>
/// <param name="connection">The host.</param>
/// <param name="spool">Where events wait on disk, if anywhere.</param>
/// <param name="queue">The events.</param>
/// <param name="abort">Ends all waiting: what is neither at the host nor spooled fails.</param>
internal sealed class Sender(AuditClientOptions options, HostConnection connection, EventSpool? spool, ChannelReader<Submission> queue, CancellationToken abort)
{
    private readonly Backoff _backoff = new(options);
    private readonly List<Submission> _batch = [];
    private Task<bool>? _arrival;

    /// <summary>Runs until the queue is closed and empty.</summary>
    public async Task RunAsync()
    {
        while (await WaitAsync().ConfigureAwait(false))
        {
            await TryDrainAsync().ConfigureAwait(false);
            Gather();
            try
            {
                await BringAsync(_batch).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                KeepOrFail(exception);
            }
        }
    }

    private async Task TryDrainAsync()
    {
        if (spool is null or { IsEmpty: true } || _backoff.Left > TimeSpan.Zero)
            return;
        try
        {
            await DrainAsync(spool).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A disk that does not give them back now may do so later; meanwhile nobody else is to wait for it.
            _backoff.Failed(asked: null);
        }
    }

    /// <summary>A client that closes, or a disk that fails, in the middle: what is not settled is spooled, or whoever waits learns that it is not safe.</summary>
    private void KeepOrFail(Exception exception)
    {
        Submission[] left = [.. _batch.Where(one => !one.Outcome.IsCompleted)];
        ReadOnlyMemory<byte> lines = Lines.Of([.. left.Select(one => one.Json)]);
        try
        {
            if (exception is OperationCanceledException && spool is not null && spool.HasRoomFor(lines.Length))
            {
                Spool(spool, left, lines);
                return;
            }
        }
        catch (IOException failure)
        {
            exception = failure;
        }

        foreach (Submission submission in left)
            submission.Fail(exception);
    }

    /// <summary>Waits for an event, or for the time to try what is spooled.</summary>
    /// <returns>Whether there is anything left to do but for what is spooled.</returns>
    private async Task<bool> WaitAsync()
    {
        if (queue.TryPeek(out _))
            return true;
        _arrival = _arrival is { IsCompleted: false } ? _arrival : queue.WaitToReadAsync(CancellationToken.None).AsTask();
        if (spool is null or { IsEmpty: true })
            return await _arrival.ConfigureAwait(false);
        if (_backoff.Left is var left && left > TimeSpan.Zero)
            await Task.WhenAny(_arrival, Task.Delay(left, options.Time, abort)).ConfigureAwait(false);
        return !_arrival.IsCompleted || await _arrival.ConfigureAwait(false);
    }

    private void Gather()
    {
        _batch.Clear();
        int bytes = 0;
        while (_batch.Count < options.MaxBatchEvents && queue.TryPeek(out Submission? next) && (_batch.Count == 0 || bytes + next.Json.Length < options.MaxBatchBytes))
        {
            queue.TryRead(out _);
            _batch.Add(next);
            bytes += next.Json.Length + 1;
        }
    }

    private async Task BringAsync(List<Submission> batch)
    {
        while (batch.Count > 0)
        {
            if (spool is not null && (!spool.IsEmpty || _backoff.Left > TimeSpan.Zero))
            {
                await SpoolAsync(spool, batch).ConfigureAwait(false);
                return;
            }

            Answer answer = await connection.PostAsync(Lines.Of([.. batch.Select(one => one.Json)]), abort).ConfigureAwait(false);
            switch (answer.Kind)
            {
                case AnswerKind.Accepted:
                    _backoff.Succeeded();
                    foreach (Submission submission in batch)
                        submission.Settle(AuditDelivery.Accepted);
                    return;
                case AnswerKind.Unavailable:
                    _backoff.Failed(answer.RetryAfter);
                    if (spool is null)
                        await Task.Delay(_backoff.Left, options.Time, abort).ConfigureAwait(false);
                    break;
                case AnswerKind.Rejected when answer.Bad.Count > 0:
                    foreach ((int index, string reason) in answer.Bad)
                        Refuse(batch[index], reason);
                    batch = [.. batch.Where((_, index) => !answer.Bad.ContainsKey(index))];
                    break;
                case var _ when batch.Count == 1:
                    Refuse(batch[0], answer.Reason);
                    return;
                default:
                    // Which one it is shows when there are fewer.
                    await BringAsync([.. batch.Take(batch.Count / 2)]).ConfigureAwait(false);
                    batch = [.. batch.Skip(batch.Count / 2)];
                    break;
            }
        }
    }

    private void Refuse(Submission submission, string reason)
    {
        submission.Fail(new AuditRejectedException(reason));
        if (submission.IsUnattended)
            Report(submission.Json, reason);
    }

    private void Report(ReadOnlyMemory<byte> json, string reason)
    {
        spool?.Reject(json.Span);
        try
        {
            options.OnRejected?.Invoke(json, reason);
        }
        catch (Exception)
        {
            // What the application makes of it is its own affair, and must not keep other events from being sent.
        }
    }

    private async Task SpoolAsync(EventSpool spool, List<Submission> batch)
    {
        ReadOnlyMemory<byte> lines = Lines.Of([.. batch.Select(one => one.Json)]);
        while (!spool.HasRoomFor(lines.Length))
        {
            await Task.Delay(_backoff.Left, options.Time, abort).ConfigureAwait(false);
            await DrainAsync(spool).ConfigureAwait(false);
        }

        Spool(spool, batch, lines);
    }

    private static void Spool(EventSpool spool, IEnumerable<Submission> batch, ReadOnlyMemory<byte> lines)
    {
        spool.Append(lines.Span);
        foreach (Submission submission in batch)
            submission.Settle(AuditDelivery.Spooled);
    }

    /// <summary>Brings the oldest spooled events to the host.</summary>
    private async Task DrainAsync(EventSpool spool)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> events = spool.Peek(options.MaxBatchEvents, options.MaxBatchBytes);
        List<ReadOnlyMemory<byte>> good = [.. events];
        List<(ReadOnlyMemory<byte> Json, string Reason)> bad = [];
        while (good.Count > 0)
        {
            Answer answer;
            try
            {
                answer = await connection.PostAsync(Lines.Of(good), abort).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // What is spooled stays so.
                return;
            }

            if (answer.Kind == AnswerKind.Accepted)
                break;
            if (answer.Kind == AnswerKind.Unavailable)
            {
                _backoff.Failed(answer.RetryAfter);
                return;
            }

            if (answer.Bad.Count > 0)
            {
                bad.AddRange(answer.Bad.Select(one => (good[one.Key], one.Value)));
                good = [.. good.Where((_, index) => !answer.Bad.ContainsKey(index))];
            }
            else if (events.Count > 1)
            {
                events = spool.Peek(events.Count / 2, options.MaxBatchBytes);
                good = [.. events];
                bad.Clear();
            }
            else
            {
                bad.Add((good[0], answer.Reason));
                good.Clear();
            }
        }

        _backoff.Succeeded();
        foreach ((ReadOnlyMemory<byte> json, string reason) in bad)
            Report(json, reason);
        spool.Advance(events.Count);
    }
}
