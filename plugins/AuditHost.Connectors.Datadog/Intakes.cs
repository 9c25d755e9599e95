namespace AuditHost.Connectors.Datadog;

/// <summary>The ways into Datadog that confirm by themselves, as marks on an event: which of them have taken it.</summary>
[Flags]
internal enum Intakes : byte
{
    None = 0,
    Logs = 1,
    Spans = 2,
    Events = 4,
    Distributions = 8,
    Series = 16,
    DogStatsd = 32,

    /// <summary>It becomes a dead letter: nothing further is sent of it.</summary>
    Refused = 128,
}
