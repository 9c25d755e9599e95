using System.Text;
using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Tests.Intake.Http;

/// <summary>Keeps what it is given, and fails or waits as a test tells it to.</summary>
internal sealed class ScriptedSink : IEventSink
{
    /// <summary>The events, in order.</summary>
    public List<string> Events { get; } = [];

    public Exception? Failure { get; set; }

    /// <summary>Ends when the durable write may end.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Ends when an append has begun.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken)
    {
        Begun.TrySetResult();
        await Gate;
        if (Failure is not null)
            throw Failure;
        ulong first = (ulong)Events.Count + 1;
        for (int i = 0; i < batch.Count; i++)
            Events.Add(Encoding.UTF8.GetString(batch[i].Json.Span));
        return new AppendReceipt(first, (ulong)Events.Count);
    }
}
