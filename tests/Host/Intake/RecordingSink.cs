using System.Text;
using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Tests.Intake;

/// <summary>Takes events into memory. A test can have it throw, and wait for a number of events.</summary>
internal sealed class RecordingSink : IEventSink
{
    private readonly Lock _gate = new();
    private readonly List<(string Json, Guid? Id)> _events = [];
    private readonly Queue<Exception> _failures = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Appends { get; private set; }

    public int LargestBatch { get; private set; }

    public string[] Events
    {
        get
        {
            lock (_gate)
                return [.. _events.Select(item => item.Json)];
        }
    }

    public Guid?[] Ids
    {
        get
        {
            lock (_gate)
                return [.. _events.Select(item => item.Id)];
        }
    }

    public void FailNext(Exception failure) => _failures.Enqueue(failure);

    public async Task WaitForAsync(int count)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (_events.Count >= count)
                    return;
                grown = _grown.Task;
            }

            await grown.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    public ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Appends++;
            if (_failures.TryDequeue(out Exception? failure))
                return ValueTask.FromException<AppendReceipt>(failure);
            LargestBatch = Math.Max(LargestBatch, batch.Count);
            ulong first = (ulong)_events.Count + 1;
            for (int i = 0; i < batch.Count; i++)
                _events.Add((Encoding.UTF8.GetString(batch[i].Json.Span), batch[i].AssignedId));
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return ValueTask.FromResult(new AppendReceipt(first, (ulong)_events.Count));
        }
    }
}
