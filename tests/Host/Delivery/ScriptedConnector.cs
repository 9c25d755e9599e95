using System.Collections.Concurrent;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Tests.Delivery;

/// <summary>A destination that answers as a test tells it to and remembers what it was sent.</summary>
internal sealed class ScriptedConnector(Func<EventBatch, CancellationToken, ValueTask<DeliveryResult>> answer) : IConnector
{
    public ScriptedConnector(params IEnumerable<DeliveryResult> answers)
        : this(Sequence(answers))
    {
    }

    /// <summary>The ids of each call's events, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>What a start does; nothing unless a test says otherwise.</summary>
    public Func<CancellationToken, ValueTask>? Start { get; init; }

    public ValueTask StartAsync(CancellationToken cancellationToken) => Start?.Invoke(cancellationToken) ?? default;

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        Calls.Enqueue(string.Join(' ', Enumerable.Range(0, batch.Count).Select(i => batch[i].Event.Id.ToString())));
        Bodies.Enqueue(Encoding.UTF8.GetString(batch.Body.Span));
        return await answer(batch, cancellationToken);
    }

    private static Func<EventBatch, CancellationToken, ValueTask<DeliveryResult>> Sequence(IEnumerable<DeliveryResult> answers)
    {
        var queue = new Queue<DeliveryResult>(answers);
        return (_, _) => ValueTask.FromResult(queue.TryDequeue(out DeliveryResult next) ? next : DeliveryResult.Delivered);
    }
}
