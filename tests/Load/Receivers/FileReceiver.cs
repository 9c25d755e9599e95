namespace AuditHost.Load;

/// <summary>Reads the file that the shipper writes, as it grows.</summary>
internal sealed class FileReceiver : IReceiver
{
    /// <summary>How often the end of the file is looked at: the coarseness of this case's delivery latency.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _path;
    private readonly LineBuffer _lines;
    private readonly Task _run;

    public FileReceiver(string path, Ledger ledger)
    {
        _path = path;
        _lines = new LineBuffer(ledger);
        _run = Task.Run(async () =>
        {
            try
            {
                await RunAsync();
            }
            catch (IOException exception)
            {
                ledger.Fail(exception);
            }
        });
    }

    public Target Target => new(TargetKind.File, Path: _path);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0 };
        await using var file = new FileStream(_path, options);
        while (true)
        {
            bool last = _stop.IsCancellationRequested;
            for (int read; (read = file.Read(_lines.Space.Span)) > 0;)
                _lines.Advance(read);
            if (last)
                return;
            await Task.Delay(Interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
