using AuditHost.Journal.Records;

namespace AuditHost.Journal;

/// <summary>
/// Reads the sealed segments again from time to time. Damage is then known while the events still are somewhere else too, rather than on
/// the day somebody wants them replayed.
/// </summary>
internal sealed class Scrubber : IAsyncDisposable
{
    private const int PageBytes = 256 << 10;

    /// <summary>Slow enough for the lanes not to notice; a full journal of 10 GiB takes about twenty minutes.</summary>
    private const double BytesPerSecond = 8 << 20;

    private readonly RecordLog _log;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;
    private long _lastPassTicks;

    /// <param name="log">What is read.</param>
    /// <param name="interval">The time between two passes; zero for none.</param>
    /// <param name="time">The clock.</param>
    public Scrubber(RecordLog log, TimeSpan interval, TimeProvider time)
    {
        _log = log;
        _interval = interval;
        _time = time;
        _loop = interval > TimeSpan.Zero ? RunAsync(_stopping.Token) : Task.CompletedTask;
    }

    /// <summary>When a pass last came to its end; <see langword="null"/> where none has since the start.</summary>
    public DateTimeOffset? LastPass => Interlocked.Read(ref _lastPassTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public async ValueTask DisposeAsync()
    {
        _stopping.Cancel();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(_interval, _time, stopping);

            // Not kept from one pass to the next: a day is long for a buffer that nobody uses.
            var page = new RecordPage();
            page.EnsureBuffer(PageBytes);
            if (await TryPassAsync(page, stopping))
                Interlocked.Exchange(ref _lastPassTicks, _time.GetUtcNow().UtcTicks);
        }
    }

    /// <summary>Goes through the segments that are no longer written to. What is damaged is reported by the reading itself.</summary>
    private async ValueTask<bool> TryPassAsync(RecordPage page, CancellationToken stopping)
    {
        ulong end = _log.Segments is [.., var last] ? last.FirstSequence : 0;
        for (ulong next = _log.FirstSequence; next < end; next = page.NextSequence)
        {
            try
            {
                if (!_log.TryRead(next, page))
                    return true;
            }
            catch (IOException)
            {
                // The disk is away; the lanes say so, and the next pass tries again.
                return false;
            }

            await Task.Delay(TimeSpan.FromSeconds(page.Length / BytesPerSecond), _time, stopping);
        }

        return true;
    }
}
