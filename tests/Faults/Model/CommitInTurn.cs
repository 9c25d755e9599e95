using AuditHost.Journal;

namespace AuditHost.Faults.Model;

/// <summary>The committer works on the thread that wakes it, at once: a sequence has one order of things, and nobody waits for anybody.</summary>
internal sealed class CommitInTurn : ICommitThread
{
    private Func<bool> _work = static () => throw new InvalidOperationException("Woken before it was started.");

    public void Start(Func<bool> work) => _work = work;

    public void Wake() => _work();

    /// <summary>Nobody else can go on meanwhile.</summary>
    public void LetReadersGoOn(EventTail tail)
    {
    }
}
