using System.Buffers;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>
/// The messages of one batch and what became of each. They are answered by their ids, in any order, while others are still sent. Serves for
/// one batch after the other.
/// </summary>
public sealed class AnsweredBatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PooledBuffer _ids = new(4096);
    private AnsweredMessage[] _messages = new AnsweredMessage[64];
    private DeliveryResult[] _results = new DeliveryResult[64];
    private int _count;
    private int _firstOpen;
    private int _open;
    private int _goal;
    private TaskCompletionSource? _waiting;

    /// <summary>Whether at least one message was answered, or needed no answer.</summary>
    public bool HasAnswers
    {
        get
        {
            lock (_lock)
                return _open < _count;
        }
    }

    /// <summary>Forgets the batch before.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _ids.Clear();
            (_count, _firstOpen, _open) = (0, 0, 0);
            _waiting = null;
        }
    }

    /// <summary>Adds a message that goes out now and waits for its answer.</summary>
    /// <param name="id">Names it, in UTF-8.</param>
    public void Expect(ReadOnlySpan<byte> id)
    {
        lock (_lock)
        {
            Add(new AnsweredMessage(_ids.Length, id.Length, IsAnswered: false), default);
            _ids.Write(id);
            _open++;
        }
    }

    /// <summary>Adds a message that waits for nothing: one that counts as delivered, or cannot be sent.</summary>
    public void Settle(DeliveryResult result)
    {
        lock (_lock)
            Add(new AnsweredMessage(_ids.Length, 0, IsAnswered: true), result);
    }

    /// <summary>Whether a message of this id waits for its answer.</summary>
    public bool Expects(ReadOnlySpan<byte> id)
    {
        lock (_lock)
            return FindOpen(id, _firstOpen) >= 0;
    }

    /// <summary>Says what became of the messages of an id. Those that were answered already keep their first answer.</summary>
    /// <returns>Whether any waited for it.</returns>
    public bool Answer(ReadOnlySpan<byte> id, DeliveryResult result)
    {
        lock (_lock)
        {
            bool found = false;
            for (int index = FindOpen(id, _firstOpen); index >= 0; index = FindOpen(id, index + 1))
            {
                found = true;
                _messages[index].IsAnswered = true;
                _results[index] = result;
                _open--;
            }

            while (_firstOpen < _count && _messages[_firstOpen].IsAnswered)
                _firstOpen++;
            if (_waiting is not null && _open <= _goal)
                _waiting.TrySetResult();
            return found;
        }
    }

    /// <summary>
    /// Returns at once while fewer than so many messages wait for their answers; else waits until half of them have come, so that not each
    /// message waits for one answer.
    /// </summary>
    /// <exception cref="IOException">The connection is over, and why.</exception>
    public ValueTask MakeRoomAsync(int window, MessageSocket socket, CancellationToken cancellationToken) =>
        WaitAsync(window - 1, window / 2, socket, cancellationToken);

    /// <summary>Waits until every message is answered.</summary>
    /// <exception cref="IOException">The connection is over, and why.</exception>
    public ValueTask WaitAsync(MessageSocket socket, CancellationToken cancellationToken) => WaitAsync(0, 0, socket, cancellationToken);

    /// <summary>What became of the batch, of which each event was a message of its own.</summary>
    /// <param name="count">How many events the batch has.</param>
    /// <param name="rest">What became of those without an answer; <see langword="null"/> where there are none.</param>
    public DeliveryResult Conclude(int count, DeliveryResult? rest = null)
    {
        lock (_lock)
        {
            if (rest is { } all && _open == _count)
                return all;
            return _count == 1 && count == 1 ? _results[0] : ConcludeEach(count, rest is { } some ? OfSome(some, count - _count + _open) : null);
        }
    }

    /// <summary>What became of the batch, all of which was one message.</summary>
    /// <param name="rest">What became of it if it has no answer.</param>
    public DeliveryResult ConcludeWhole(DeliveryResult? rest = null)
    {
        lock (_lock)
            return rest is not null && _open == _count ? rest.Value : _results[0];
    }

    /// <inheritdoc/>
    public void Dispose() => _ids.Dispose();

    private async ValueTask WaitAsync(int most, int goal, MessageSocket socket, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Task waiting;
        lock (_lock)
        {
            if (_open <= most)
                return;
            _goal = goal;
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = _waiting.Task;
        }

        await Task.WhenAny(waiting, socket.Ended).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!waiting.IsCompleted)
            throw await socket.Ended.ConfigureAwait(false);
    }

    /// <summary>
    /// Of several messages without an answer nobody knows which one the server closed over. They come again without those that were answered,
    /// until it is known: for each of them, too large would be the end.
    /// </summary>
    private static DeliveryResult OfSome(DeliveryResult rest, int count) => count > 1 && rest.Kind is FailureKind.TooLarge or FailureKind.Rejected
        ? DeliveryResult.Failed(FailureKind.Transient, rest.Reason!, rest.RetryAfter).WithResponse(rest.Status, rest.Response)
        : rest;

    private DeliveryResult ConcludeEach(int count, DeliveryResult? rest)
    {
        var failures = new List<EventFailure>();
        string?[]? acknowledgements = null;
        DeliveryResult last = default;
        for (int index = 0; index < count; index++)
        {
            DeliveryResult result = index < _count && _messages[index].IsAnswered ? _results[index] : rest!.Value;
            if (result.IsDelivered)
            {
                if (result.AcknowledgementId is { } id)
                    (acknowledgements ??= new string?[count])[index] = id;
                continue;
            }

            last = result;
            failures.Add(new EventFailure(index, result.Kind, result.Reason!, result.Status));
        }

        DeliveryResult whole = DeliveryResult.Partial(failures, rest?.RetryAfter ?? last.RetryAfter);
        if (failures.Count > 0)
            whole = whole.WithResponse(last.Status, last.Response);
        return acknowledgements is null ? whole : whole.WithAcknowledgements(acknowledgements);
    }

    private void Add(AnsweredMessage message, DeliveryResult result)
    {
        if (_count == _messages.Length)
        {
            Array.Resize(ref _messages, _count * 2);
            Array.Resize(ref _results, _count * 2);
        }

        _messages[_count] = message;
        _results[_count++] = result;
    }

    private int FindOpen(ReadOnlySpan<byte> id, int start)
    {
        ReadOnlySpan<byte> ids = _ids.Written.Span;
        for (int index = start; index < _count; index++)
        {
            AnsweredMessage message = _messages[index];
            if (!message.IsAnswered && ids.Slice(message.Start, message.Length).SequenceEqual(id))
                return index;
        }

        return -1;
    }
}
