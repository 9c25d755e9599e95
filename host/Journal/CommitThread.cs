namespace AuditHost.Journal;

/// <summary>The one thread that writes.</summary>
internal sealed class CommitThread : ICommitThread
{
    /// <summary>Senders wait meanwhile; some batches are sent in that time.</summary>
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private bool _due;

    public void Start(Func<bool> work) => new Thread(() => Run(work)) { IsBackground = true, Name = "journal" }.Start();

    public void Wake()
    {
        lock (_gate)
        {
            _due = true;
            Monitor.Pulse(_gate);
        }
    }

    public void LetReadersGoOn(EventTail tail) => tail.WaitForReaders(ReaderPatience);

    private void Run(Func<bool> work)
    {
        do
        {
            lock (_gate)
            {
                while (!_due)
                    Monitor.Wait(_gate);
                _due = false;
            }
        }
        while (work());
    }
}
