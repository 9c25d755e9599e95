namespace AuditHost.Intake;

/// <summary>What all streams of one source share.</summary>
internal sealed record EventPumpContext(
    string Source, IEventSink Sink, IRejectedInput Rejected, SourceCounters Counters, TimeProvider Time, int MaxEventBytes);
