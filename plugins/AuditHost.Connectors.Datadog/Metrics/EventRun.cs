namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>The events that one request counts, as far as they tell it apart from another: batches are consecutive events of one journal.</summary>
internal readonly record struct EventRun(ulong First, ulong Last, int Count)
{
    /// <summary>Those of a batch that an intake has not taken.</summary>
    public static EventRun Of(BatchProgress progress, Intakes intake)
    {
        var run = new EventRun(ulong.MaxValue, 0, 0);
        for (int index = 0; index < progress.Batch.Count; index++)
        {
            ulong sequence = progress.Batch[index].Event.Sequence;
            if (progress.Needs(index, intake))
                run = new EventRun(Math.Min(run.First, sequence), Math.Max(run.Last, sequence), run.Count + 1);
        }

        return run;
    }
}
