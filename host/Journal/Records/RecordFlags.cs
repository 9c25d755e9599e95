namespace AuditHost.Journal.Records;

[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>The attributes begin with the 16 bytes of the id the host gave the event.</summary>
    AssignedId = 1,
}
