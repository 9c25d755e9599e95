namespace AuditHost.Intake;

/// <summary>Something that events are read from, as opposed to a listener that they are sent to.</summary>
internal interface IEventSource
{
    /// <summary>Stable over restarts and fit for a file name.</summary>
    string Name { get; }

    /// <summary>Whether <see cref="RunAsync"/> comes to an end by itself.</summary>
    bool IsFinite { get; }

    SourceCounters Counters { get; }

    /// <summary>Reads until cancelled, or to the end of a finite input.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
