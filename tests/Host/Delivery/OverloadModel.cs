using AuditHost.Delivery;
using AuditHost.Sdk;

namespace AuditHost.Tests.Delivery;

/// <summary>
/// A destination that serves eight calls at a time well, and more of them worse, in virtual time. So many senders each send a batch,
/// wait for the answer, and send the next; a throttled one comes back after its pause, which holds no place.
/// </summary>
internal sealed class OverloadModel(int senders, Func<int, bool> throttles, Func<int, TimeSpan> duration)
{
    public const int Capacity = 8;

    private static readonly TimeSpan Refusal = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ManualTimeProvider _time = new();
    private readonly PriorityQueue<Action, long> _events = new();

    public int Delivered { get; private set; }

    public int Throttled { get; private set; }

    public int Limit { get; private set; }

    /// <summary>Runs with a limit that adapts, or with a fixed one.</summary>
    public OverloadModel Run(TimeSpan length, int? fixedLimit = null)
    {
        var limit = new AdaptiveLimit(fixedLimit ?? senders, TimeSpan.FromSeconds(30), _time);
        var ready = new Queue<int>(Enumerable.Range(0, senders));
        int served = 0;
        int placed = 0;
        long end = _time.GetTimestamp() + length.Ticks;
        while (_time.GetTimestamp() < end)
        {
            while (ready.Count > 0 && TryPlace(out long startedAt))
            {
                int sender = ready.Dequeue();
                int others = served;
                bool refused = throttles(others + 1);
                served += refused ? 0 : 1;
                At(refused ? Refusal : duration(others + 1), () =>
                {
                    served -= refused ? 0 : 1;
                    placed--;
                    if (fixedLimit is null)
                        limit.Leave(startedAt, 100, refused ? DeliveryResult.Failed(FailureKind.Throttled, "slow down") : DeliveryResult.Delivered);
                    if (refused)
                    {
                        Throttled++;
                        At(Pause, () => ready.Enqueue(sender));
                    }
                    else
                    {
                        Delivered++;
                        ready.Enqueue(sender);
                    }
                });
            }

            _events.TryDequeue(out Action? happen, out long at);
            _time.Advance(TimeSpan.FromTicks(at - _time.GetTimestamp()));
            happen!();
        }

        Limit = limit.Current;
        return this;

        bool TryPlace(out long startedAt)
        {
            startedAt = 0;
            if (fixedLimit is { } most ? placed >= most : !limit.TryEnter(out startedAt))
                return false;
            placed++;
            return true;
        }
    }

    private void At(TimeSpan delay, Action happen) => _events.Enqueue(happen, _time.GetTimestamp() + delay.Ticks);
}
