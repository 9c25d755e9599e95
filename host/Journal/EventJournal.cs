using AuditHost.Configuration.Options;
using AuditHost.Intake;

namespace AuditHost.Journal;

/// <summary>
/// The durable log of events. Appends are grouped: one write and one fdatasync for whatever has come in meanwhile, and every
/// sender is answered after it. Each event is held once, however many destinations read it.
/// </summary>
internal sealed class EventJournal : IAsyncDisposable
{
    /// <summary>Opens or creates the journal in a folder, recovering what a crash left. The folder's lock is the caller's.</summary>
    public static EventJournal Open(string directory, JournalOptions options, TimeProvider time) => throw new NotImplementedException();

    /// <summary>Names this journal for ever; part of every delivery key.</summary>
    public Guid LogId => throw new NotImplementedException();

    /// <summary>The oldest event still there.</summary>
    public ulong FirstSequence => throw new NotImplementedException();

    /// <summary>The sequence number the next event will get.</summary>
    public ulong NextSequence => throw new NotImplementedException();

    /// <summary>Makes the batch durable as a whole.</summary>
    /// <exception cref="JournalFullException">Nothing was taken; try again later.</exception>
    /// <exception cref="JournalFailedException">Nothing was taken; the disk failed.</exception>
    public ValueTask<AppendReceipt> AppendAsync(IntakeBatch batch, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Reads the block that holds an event, from memory near the head and from disk otherwise. The block may begin before the event;
    /// it begins after it where the events between are gone (deleted by retention, or damaged).
    /// </summary>
    /// <returns><see langword="null"/> where the event is still to come.</returns>
    public EventBlock? TryRead(ulong sequence) => throw new NotImplementedException();

    /// <summary>Ends when the event is there to be read.</summary>
    public ValueTask WaitForAsync(ulong sequence, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Opens a destination's cursor; a new one begins at the head.</summary>
    public Cursor OpenCursor(string destination) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
