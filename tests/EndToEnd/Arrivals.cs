using System.Collections.Concurrent;

namespace AuditHost.EndToEnd;

/// <summary>How often each event arrived at a receiver.</summary>
internal sealed class Arrivals
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = NewSignal();

    public ConcurrentDictionary<string, int> Counts { get; } = new();

    public void Add(IEnumerable<string> ids)
    {
        foreach (string id in ids)
            Counts.AddOrUpdate(id, 1, static (string _, int count) => count + 1);
        lock (_lock)
        {
            _next.SetResult();
            _next = NewSignal();
        }
    }

    /// <summary>Ends when each of the events has arrived.</summary>
    public Task AllAsync(IEnumerable<string> ids) => WaitAsync(ids, TestContext.Current.CancellationToken);

    /// <summary>The same for as long as somebody wants to know.</summary>
    public async Task WaitAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, cancellationToken);
        patience.CancelAfter(AuditHostCommand.Patience);
        var missing = new HashSet<string>(ids);
        while (true)
        {
            Task next;
            lock (_lock)
                next = _next.Task;
            missing.RemoveWhere(Counts.ContainsKey);
            if (missing.Count == 0)
                return;
            await next.WaitAsync(patience.Token);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
