namespace AuditHost.Intake;

/// <summary>The parts of an event that the one pass over its bytes finds.</summary>
internal enum EventField : byte
{
    Id,
    Timestamp,
    Type,
    Severity,
    Source,
    User,
    Host,
    Operation,
    Classification,
    ComplianceProfiles,
    Payload,
    PayloadData,
    Context,
    IntegrityHash,
    PreviousHash,
}
