using AuditHost.Journal.Quarantine;
using AuditHost.Journal.Records;

namespace AuditHost.Journal;

/// <summary>
/// Makes cursors and the high-water mark durable behind the lanes' backs. Its interval bounds what a power cut repeats: the events
/// settled within it.
/// </summary>
internal sealed class JournalSyncer : IAsyncDisposable
{
    private const int TicksPerMarkSync = 5;
    private const int TicksPerMaintenance = 300;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly RecordLog _log;
    private readonly CursorSet _cursors;
    private readonly DamageQuarantine _quarantine;
    private readonly AppendQueue _queue;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    public JournalSyncer(RecordLog log, CursorSet cursors, DamageQuarantine quarantine, AppendQueue queue, TimeProvider time)
    {
        _log = log;
        _cursors = cursors;
        _quarantine = quarantine;
        _queue = queue;
        _timer = new PeriodicTimer(Interval, time);
        _loop = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
        _cursors.Sync();
        SyncMark();
    }

    private async Task RunAsync()
    {
        for (int tick = 1; await _timer.WaitForNextTickAsync(); tick++)
        {
            _cursors.RenewUnserved();
            _cursors.Sync();
            if (tick % TicksPerMarkSync == 0)
                SyncMark();
            if (tick % TicksPerMaintenance == 0 || _quarantine.HasWork)
                _queue.RequestMaintenance();
        }
    }

    private void SyncMark()
    {
        try
        {
            _log.SyncMark();
        }
        catch (IOException)
        {
            // The mark is written anew with the next group; until then a cut end of the log is only harder to notice.
        }
    }
}
