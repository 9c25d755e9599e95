using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Plugins;

namespace AuditHost.Dashboard;

/// <summary>Carries out an operator's orders on a site that this process holds.</summary>
internal sealed class SiteControl(Site site, TimeProvider time, PluginExchange? plugins = null) : ISiteControl
{
    private readonly Backlogs _backlogs = new(site, time);

    public Task<SiteStatus> GetStatusAsync(CancellationToken cancellationToken) => Task.FromResult(StatusReport.Of(site));

    public Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetterView>>(
            [.. DeadLetterSelection.Select(site.DeadLetters, query).Select(letter => DeadLetterViews.Of(letter, withBytes: false))]);

    public Task<DeadLetterView?> GetDeadLetterAsync(ulong id, CancellationToken cancellationToken) =>
        Task.FromResult(site.DeadLetters.Find(id) is { } letter ? DeadLetterViews.Of(letter, withBytes: true) : null);

    public async Task<DiscardReport> DiscardAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        (ulong Id, string Destination)[] letters =
            [.. DeadLetterSelection.Select(site.DeadLetters, query).Select(letter => (letter.Id, letter.Destination))];
        long discarded = 0;
        foreach (IGrouping<string, ulong> group in letters.GroupBy(letter => letter.Destination, letter => letter.Id))
        {
            IReadOnlyList<ulong> resolved = await site.DeadLetters
                .ResolveAsync([.. group], DeadLetterOutcome.Discarded, null, cancellationToken);
            site.FindLane(group.Key)?.Rebook(delivered: 0, dropped: (ulong)resolved.Count);
            discarded += resolved.Count;
        }

        return new DiscardReport(letters.Length, discarded);
    }

    public Task<ReplayReport> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken) =>
        order.DeadLetters is { } query ? ReplayLettersAsync(order, query, cancellationToken) : ReplayRangeAsync(order, cancellationToken);

    public Task<IReadOnlyList<BacklogView>> ListBacklogsAsync(CancellationToken cancellationToken) => Task.FromResult(BacklogList.Of(site));

    public Task<AdoptReport> AdoptBacklogAsync(AdoptOrder order, CancellationToken cancellationToken) => _backlogs.AdoptAsync(order, cancellationToken);

    public Task<BacklogDiscardReport> DiscardBacklogAsync(string name, CancellationToken cancellationToken) => _backlogs.DiscardAsync(name, cancellationToken);

    public Task<IReadOnlyList<PluginDescription>> ListPluginsAsync(CancellationToken cancellationToken) => Task.FromResult(Exchange.Plugins);

    public Task<IReadOnlyList<PluginReloadReport>> ReloadPluginsAsync(string? name, CancellationToken cancellationToken) =>
        Exchange.ReloadAsync(name).WaitAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _backlogs.Dispose();
        plugins?.Dispose();
        return default;
    }

    private PluginExchange Exchange => plugins ?? throw new InvalidOperationException("The site was opened without its plugins' folders.");

    private async Task<ReplayReport> ReplayLettersAsync(ReplayOrder order, DeadLetterQuery query, CancellationToken cancellationToken)
    {
        var total = new ReplayReport(0, 0, 0, 0, null);
        foreach (IGrouping<string, DeadLetter> group in DeadLetterSelection.Select(site.DeadLetters, query).GroupBy(letter => letter.Destination))
        {
            string target = order.Destination ?? group.Key;
            long matched = group.LongCount();
            total = total with { Matched = total.Matched + matched };
            if (order.DryRun)
                continue;
            if (site.FindLane(target) is not { } lane)
            {
                total = total with { Problem = $"There is no enabled destination '{target}'." };
                continue;
            }

            if (await site.TryStartAsync(lane, cancellationToken) is { } problem)
            {
                total = total with { Problem = problem };
                continue;
            }

            bool home = target == group.Key;
            ReplayOutcome outcome = await new Replayer(lane.Destination, order.Rate, time).SendAsync(
                group,
                async delivered =>
                {
                    // They are delivered, whether or not the operator still waits: not to note it would send them again.
                    IReadOnlyList<ulong> resolved = await site.DeadLetters.ResolveAsync(
                        [.. delivered.Select(letter => letter.Id)],
                        home ? DeadLetterOutcome.Replayed : DeadLetterOutcome.Redirected,
                        target,
                        CancellationToken.None);
                    ulong count = (ulong)resolved.Count;
                    site.FindLane(group.Key)?.Rebook(delivered: home ? count : 0, dropped: home ? 0 : count);
                },
                cancellationToken);
            total = Add(total, outcome);
        }

        return total;
    }

    private async Task<ReplayReport> ReplayRangeAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        if (order.Destination is null || site.FindLane(order.Destination) is not { } lane)
            return new ReplayReport(0, 0, 0, 0, $"There is no enabled destination '{order.Destination}'.");
        ulong from = order.FromTime is { } fromTime ? site.Journal.FindByTime(fromTime) : order.From ?? site.Journal.FirstSequence;
        ulong end = order.ToTime is { } toTime
            ? site.Journal.FindByTime(toTime + TimeSpan.FromTicks(1))
            : order.To is { } last ? last + 1 : site.Journal.NextSequence;
        from = Math.Max(from, site.Journal.FirstSequence);
        end = Math.Min(end, site.Journal.NextSequence);
        long matched = end > from ? (long)(end - from) : 0;
        if (order.DryRun || matched == 0)
            return new ReplayReport(matched, 0, 0, 0, matched == 0 ? "The journal holds no event of that range." : null);
        if (await site.TryStartAsync(lane, cancellationToken) is { } problem)
            return new ReplayReport(matched, 0, 0, 0, problem);
        ReplayOutcome outcome = await new Replayer(lane.Destination, order.Rate, time)
            .SendAsync(site.Journal, from, end, cancellationToken);
        return Add(new ReplayReport(matched, 0, 0, 0, null), outcome);
    }

    private static ReplayReport Add(ReplayReport total, ReplayOutcome outcome) => total with
    {
        Delivered = total.Delivered + outcome.Delivered,
        Filtered = total.Filtered + outcome.Filtered,
        Refused = total.Refused + outcome.Refused,
        Problem = outcome.Problem ?? total.Problem,
    };
}
