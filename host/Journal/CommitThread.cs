namespace AuditHost.Journal;

/// <summary>The one thread that writes.</summary>
internal sealed class CommitThread : ICommitThread
{
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
