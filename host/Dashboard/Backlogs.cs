using AuditHost.Journal;
using AuditHost.Lanes.Drops;

namespace AuditHost.Dashboard;

/// <summary>Carries out orders on what waits for destinations that a site does not serve. Each can be given again after a crash in between.</summary>
internal sealed class Backlogs(Site site, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>
    /// A destination goes on from the backlog's position where that is the lower one; then, durably, the old cursor goes. A crash
    /// between the two leaves the backlog to be adopted again: nothing is lost, and what went out meanwhile goes out again.
    /// </summary>
    public async Task<AdoptReport> AdoptAsync(AdoptOrder order, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Find(order.Name) is not { } backlog)
                return new AdoptReport(null, 0, NotThere(order.Name));
            if (site.FindLane(order.As) is not { } lane)
                return new AdoptReport(backlog, 0, $"There is no enabled destination '{order.As}'.");
            CursorState books = lane.Books;
            ulong again = books.Position > backlog.Position ? Math.Min(books.Position - backlog.Position, books.Position - books.Origin) : 0;
            if (lane.QuotaOfOldest is { } quota && backlog.Bytes > quota)
                return new AdoptReport(backlog, again, $"The backlog has {backlog.Bytes} bytes and '{order.As}' drops its oldest events above {quota}; give it a larger quota first.");
            if (order.DryRun)
                return new AdoptReport(backlog, again, null);
            await lane.RewindAsync(backlog.Position);
            site.Journal.DeleteCursor(order.Name);
            return new AdoptReport(backlog, again, null);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return new AdoptReport(Find(order.Name), 0, $"{exception.Message} The backlog is still there; adopt it again.");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives a backlog up: a record first, then, durably, the cursor goes.</summary>
    public async Task<BacklogDiscardReport> DiscardAsync(string name, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Find(name) is not { } backlog)
                return new BacklogDiscardReport(null, NotThere(name));
            if (backlog.Events > 0 && !site.Drops.TryRecord(RecordOf(backlog), inevitable: false))
                return new BacklogDiscardReport(backlog, "The record of it cannot be written now; nothing was discarded.");
            site.Journal.DeleteCursor(name);
            site.Journal.Maintain();
            return new BacklogDiscardReport(backlog, null);
        }
        catch (IOException exception)
        {
            return new BacklogDiscardReport(Find(name), $"{exception.Message} Discard it again.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private BacklogView? Find(string name) => BacklogList.Of(site).FirstOrDefault(backlog => backlog.Name == name);

    private DropRecord RecordOf(BacklogView backlog) => new()
    {
        Destination = backlog.Name,
        Reason = DropReason.Discarded,
        First = backlog.Position,
        End = backlog.Position + backlog.Events,
        Events = backlog.Events,
        Bytes = backlog.Bytes,
        At = time.GetUtcNow(),
    };

    private string NotThere(string name) => site.FindLane(name) is not null
        ? $"'{name}' is a destination of the site; nothing of it is left behind."
        : $"There is no backlog '{name}'.";
}
