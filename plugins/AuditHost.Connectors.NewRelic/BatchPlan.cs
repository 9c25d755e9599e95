using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>What is still to be sent of each event of a batch, and what became of the rest.</summary>
internal sealed class BatchPlan : IDisposable
{
    private const byte RefusedBit = 0x80;

    private readonly byte[] _pending;
    private readonly byte[] _late;
    private readonly string?[] _own;
    private readonly List<EventFailure> _refused = [];
    private string? _shared;
    private bool _hasEarlier;

    /// <param name="batch">The batch.</param>
    /// <param name="kinds">What is sent of an event.</param>
    public BatchPlan(EventBatch batch, IReadOnlyList<TelemetryKind> kinds)
    {
        Batch = batch;
        _pending = ArrayPool<byte>.Shared.Rent(batch.Count);
        _late = ArrayPool<byte>.Shared.Rent(batch.Count);
        _own = ArrayPool<string?>.Shared.Rent(batch.Count);
        byte all = 0;
        foreach (TelemetryKind kind in kinds)
            all |= BitOf(kind);
        _pending.AsSpan(0, batch.Count).Fill(all);
        _late.AsSpan(0, batch.Count).Clear();
        _own.AsSpan(0, batch.Count).Clear();
    }

    public EventBatch Batch { get; }

    /// <summary>Whether an event is still to be sent as this kind.</summary>
    public bool Wants(int index, TelemetryKind kind) => (_pending[index] & BitOf(kind)) != 0;

    /// <summary>Whether New Relic would not take the event's own time with this kind.</summary>
    public bool IsLate(int index, TelemetryKind kind) => (_late[index] & BitOf(kind)) != 0;

    /// <summary>Whether any event is still to be sent as this kind.</summary>
    public bool WantsAny(TelemetryKind kind)
    {
        for (int index = 0; index < Batch.Count; index++)
        {
            if (Wants(index, kind))
                return true;
        }

        return false;
    }

    /// <summary>Whether an event has failed for good.</summary>
    public bool IsRefused(int index) => (_late[index] & RefusedBit) != 0;

    public void MarkLate(int index, TelemetryKind kind) => _late[index] |= BitOf(kind);

    /// <summary>Sends nothing of this kind for an event.</summary>
    public void Skip(int index, TelemetryKind kind) => _pending[index] &= (byte)~BitOf(kind);

    /// <summary>Sends nothing more of an event, which has failed for good.</summary>
    public void Refuse(int index, FailureKind kind, string reason)
    {
        _pending[index] = 0;
        _late[index] |= RefusedBit;
        _refused.Add(new EventFailure(index, kind, reason));
    }

    /// <summary>Sends nothing more of all events that wanted this kind, which New Relic has rejected for good.</summary>
    public void RefuseAll(TelemetryKind kind, string reason)
    {
        for (int index = 0; index < Batch.Count; index++)
        {
            if (Wants(index, kind))
                Refuse(index, FailureKind.Rejected, reason);
        }
    }

    /// <summary>Takes note of what an earlier attempt has delivered.</summary>
    public void Restore(int index, byte kinds, string acknowledgement)
    {
        _pending[index] &= (byte)~kinds;
        _own[index] = acknowledgement;
        _hasEarlier = true;
    }

    /// <summary>All events that wanted this kind have it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">What New Relic calls the request.</param>
    public void Acknowledge(TelemetryKind kind, string? id)
    {
        byte bit = BitOf(kind);
        string? acknowledgement = id is null ? null : $"{NameOf(kind)} {id}";
        for (int index = 0; index < Batch.Count; index++)
        {
            if (_hasEarlier && (_pending[index] & bit) != 0)
                _own[index] = Join(_own[index], acknowledgement);
            _pending[index] &= (byte)~bit;
        }

        _shared = Join(_shared, acknowledgement);
    }

    /// <summary>What an event has been acknowledged with so far; <see langword="null"/> for nothing.</summary>
    public string? AcknowledgementOf(int index) => _hasEarlier ? _own[index] : _shared;

    /// <summary>The result where everything was acknowledged.</summary>
    public DeliveryResult Delivered()
    {
        if (!_hasEarlier)
            return DeliveryResult.Partial(_refused).WithAcknowledgement(_shared);
        string?[] ids = new string?[Batch.Count];
        for (int index = 0; index < ids.Length; index++)
            ids[index] = IsRefused(index) ? null : AcknowledgementOf(index);
        return DeliveryResult.Partial(_refused).WithAcknowledgements(ids);
    }

    /// <summary>The result where a request failed.</summary>
    public DeliveryResult Failed(DeliveryResult failure)
    {
        if (_refused.Count == 0)
            return failure;

        // The batch is halved for what New Relic refuses in it, and that only without the events that were refused here.
        FailureKind rest = failure.Kind is FailureKind.Rejected or FailureKind.TooLarge ? FailureKind.Transient : failure.Kind;
        var failures = new List<EventFailure>(Batch.Count);
        failures.AddRange(_refused);
        for (int index = 0; index < Batch.Count; index++)
        {
            if (!IsRefused(index))
                failures.Add(new EventFailure(index, rest, failure.Reason!, failure.Status));
        }

        return DeliveryResult.Partial(failures, failure.RetryAfter).WithResponse(failure.Status, failure.Response);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_pending);
        ArrayPool<byte>.Shared.Return(_late);
        ArrayPool<string?>.Shared.Return(_own, clearArray: true);
    }

    public static byte BitOf(TelemetryKind kind) => (byte)(1 << (int)kind);

    /// <summary>A kind as the site file has it.</summary>
    public static string NameOf(TelemetryKind kind) => kind switch
    {
        TelemetryKind.Logs => "logs",
        TelemetryKind.Events => "events",
        TelemetryKind.Traces => "traces",
        _ => "metrics",
    };

    private static string? Join(string? first, string? second) => first is null ? second : second is null ? first : $"{first}, {second}";
}
