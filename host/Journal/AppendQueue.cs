using AuditHost.Intake;
using AuditHost.Journal.Records;

namespace AuditHost.Journal;

/// <summary>Senders waiting for the next group. The group is whatever has come in while the one before it was being synced.</summary>
internal sealed class AppendQueue(Action wake)
{
    /// <summary>
    /// A group takes no further request beyond this; a single larger request is a group of its own. A disk that syncs quickly is hardly faster
    /// with larger ones, a slow one is with groups larger than a mebibyte, and memory grows with them.
    /// </summary>
    private const long GroupBytes = 2 << 20;

    private const int PooledRequests = 1024;
    private const int IdLength = 16;

    private readonly Lock _gate = new();
    private readonly Queue<AppendRequest> _waiting = new();
    private readonly Stack<AppendRequest> _pool = new();
    private bool _maintenanceDue;
    private bool _closed;

    /// <summary>Whether nothing more will come.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed && _waiting.Count == 0;
        }
    }

    /// <summary>What a batch takes in a frame, at most.</summary>
    public static long SizeOf(IntakeBatch batch) => batch.Bytes + ((long)batch.Count * (FrameWriter.RecordOverhead + IdLength));

    public ValueTask<AppendReceipt> Enqueue(IntakeBatch batch, CancellationToken cancellationToken)
    {
        AppendRequest request;
        ValueTask<AppendReceipt> result;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(EventJournal));
            request = _pool.TryPop(out AppendRequest? pooled) ? pooled : new AppendRequest(this);
            result = request.Start(batch);

            // Under the lock, so that the request cannot come to its end before it is registered. A token that was cancelled
            // meanwhile runs its callback here, which takes no lock.
            if (cancellationToken.CanBeCanceled)
                request.CancelOn(cancellationToken);
            _waiting.Enqueue(request);
        }

        wake();
        return result;
    }

    /// <summary>Has the committer look after retention even when nothing is appended.</summary>
    public void RequestMaintenance()
    {
        lock (_gate)
        {
            _maintenanceDue = true;
        }

        wake();
    }

    /// <summary>Takes what waits now.</summary>
    /// <returns><see langword="false"/> where there is nothing to do.</returns>
    public bool TryTakeGroup(List<AppendRequest> group, out bool maintenance)
    {
        lock (_gate)
        {
            maintenance = _maintenanceDue;
            _maintenanceDue = false;
            long bytes = 0;
            while (_waiting.TryPeek(out AppendRequest? request))
            {
                // A cancelled request keeps its batch no longer than its sender does.
                long more = request.Batch is { } batch ? SizeOf(batch) : 0;
                if (group.Count > 0 && bytes + more > GroupBytes)
                    break;
                _waiting.Dequeue();
                if (!request.TryTake())
                    continue;
                group.Add(request);
                bytes += more;
            }

            return group.Count > 0 || maintenance;
        }
    }

    /// <summary>Takes no more; what waits is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        wake();
    }

    public void Return(AppendRequest request)
    {
        lock (_gate)
        {
            if (_pool.Count < PooledRequests)
                _pool.Push(request);
        }
    }
}
