namespace AuditHost.Journal.Records;

/// <summary>Where a record's parts lie in the buffer of its page.</summary>
internal readonly record struct RecordSlice(
    ulong Sequence, long ReceivedAtTicks, RecordFlags Flags, int AttributesStart, int AttributesLength, int PayloadLength)
{
    public int PayloadStart => AttributesStart + AttributesLength;
}
