using System.Text;
using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Tests.Intake.Http;

/// <summary>Keeps copies of what it is given, and fails or waits when told to.</summary>
internal sealed class RecordingSink : IEventSink
{
    private readonly Lock _lock = new();
    private readonly List<string> _events = [];

    public Exception? Failure { get; set; }

    /// <summary>What an append waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public async ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        Entered.TrySetResult();
        await Gate.WaitAsync(cancellationToken);
        if (Failure is { } failure)
            throw failure;
        lock (_lock)
        {
            ulong first = (ulong)_events.Count + 1;
            for (int i = 0; i < batch.Count; i++)
                _events.Add(Encoding.UTF8.GetString(batch[i].Json.Span));
            return new AppendReceipt(first, (ulong)_events.Count);
        }
    }
}
