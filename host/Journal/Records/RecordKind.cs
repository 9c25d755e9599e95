namespace AuditHost.Journal.Records;

/// <summary>What a record is. Readers pass over kinds they do not know.</summary>
internal enum RecordKind : byte
{
    Event = 1,

    /// <summary>The log's own notes. It takes no sequence number and carries that of the next event.</summary>
    Control = 2,
}
