namespace AuditHost.Journal;

/// <summary>Where the committer works. On a thread of its own, because it blocks on the disk; a simulation gives it its turn instead.</summary>
internal interface ICommitThread
{
    /// <summary>Begins to work.</summary>
    /// <param name="work">Does all there is to do; <see langword="false"/> once there will be no more.</param>
    void Start(Func<bool> work);

    /// <summary>There is something to do.</summary>
    void Wake();

    /// <summary>Called by the work before it writes more: the moment to let lanes go on that are about to fall out of memory.</summary>
    void LetReadersGoOn(EventTail tail);
}
