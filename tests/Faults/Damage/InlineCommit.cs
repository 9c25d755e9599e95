using AuditHost.Journal;

namespace AuditHost.Faults.Damage;

/// <summary>Commits where it is asked to, so that a start costs no thread.</summary>
internal sealed class InlineCommit : ICommitThread
{
    private Func<bool>? _work;

    public void Start(Func<bool> work) => _work = work;

    public void Wake() => _work!();
}
