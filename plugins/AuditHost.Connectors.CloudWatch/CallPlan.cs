using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>
/// The events of a batch in the order of their time, in as few calls as the limits of one allow. What no call can carry is left out
/// and told. Usually the events come in order and fit into one call.
/// </summary>
internal sealed class CallPlan : IDisposable
{
    private readonly EventBatch _batch;
    private readonly EventSlot[] _slots;
    private readonly int _count;
    private int _next;

    private CallPlan(EventBatch batch, EventSlot[] slots, int count, IReadOnlyList<EventFailure> refused)
    {
        _batch = batch;
        _slots = slots;
        _count = count;
        Refused = refused;
    }

    /// <summary>The events that no call can carry.</summary>
    public IReadOnlyList<EventFailure> Refused { get; }

    /// <summary>The events that are left for later calls.</summary>
    public ReadOnlySpan<EventSlot> Left => _slots.AsSpan(_next, _count - _next);

    public static CallPlan Of(EventBatch batch, int maxEventBytes)
    {
        EventSlot[] slots = ArrayPool<EventSlot>.Shared.Rent(batch.Count);
        List<EventFailure>? refused = null;
        int count = 0;
        bool ordered = true;
        for (int index = 0; index < batch.Count; index++)
        {
            ref readonly OutboundEvent one = ref batch[index];
            long time = one.Event.Time.ToUnixTimeMilliseconds();
            if (IsRefused(index, one.Payload.Length, time, maxEventBytes, out EventFailure failure))
            {
                (refused ??= []).Add(failure);
                continue;
            }

            ordered &= count == 0 || slots[count - 1].Time <= time;
            slots[count++] = new EventSlot(time, index);
        }

        if (!ordered)
            slots.AsSpan(0, count).Sort();
        return new CallPlan(batch, slots, count, refused ?? (IReadOnlyList<EventFailure>)[]);
    }

    /// <summary>Takes the events of the next call.</summary>
    public bool TryTake(out ReadOnlyMemory<EventSlot> call)
    {
        int start = _next;
        long bytes = 0;
        while (_next < _count && _next - start < CloudWatchLimits.MaxEvents)
        {
            EventSlot slot = _slots[_next];
            bytes += _batch[slot.Index].Payload.Length + CloudWatchLimits.EventOverheadBytes;
            if (bytes > CloudWatchLimits.MaxBatchBytes || slot.Time - _slots[start].Time > CloudWatchLimits.MaxSpanMilliseconds)
                break;
            _next++;
        }

        call = _slots.AsMemory(start, _next - start);
        return !call.IsEmpty;
    }

    public void Dispose() => ArrayPool<EventSlot>.Shared.Return(_slots);

    private static bool IsRefused(int index, int length, long time, int maxEventBytes, out EventFailure failure)
    {
        failure = length switch
        {
            0 => new(index, FailureKind.Rejected, "The format made an empty message of it, which CloudWatch Logs does not take"),
            _ when length > maxEventBytes - CloudWatchLimits.EventOverheadBytes => new(
                index, FailureKind.TooLarge, $"Larger than max_event_bytes ({maxEventBytes} with the {CloudWatchLimits.EventOverheadBytes} that AWS adds)"),
            _ when time < 0 => new(index, FailureKind.Rejected, "Its time is before 1970, which CloudWatch Logs does not take"),
            _ => default,
        };
        return failure.Kind != 0;
    }
}
