using AuditHost.Intake;

namespace AuditHost.Journal;

/// <summary>
/// A run of events in memory with consecutive sequence numbers, shared by every lane that reads it. Whoever gets a block holds
/// one reference; the last <see cref="Release"/> gives bytes and events back to the pool.
/// </summary>
internal sealed class EventBlock
{
    public ulong FirstSequence => throw new NotImplementedException();

    public ulong NextSequence => FirstSequence + (ulong)Count;

    public int Count => throw new NotImplementedException();

    /// <summary>What the block takes in memory.</summary>
    public int ByteLength => throw new NotImplementedException();

    /// <summary>The event at an index; index 0 is <see cref="FirstSequence"/>.</summary>
    public ParsedEvent this[int index] => throw new NotImplementedException();

    public void AddReference() => throw new NotImplementedException();

    public void Release() => throw new NotImplementedException();
}
