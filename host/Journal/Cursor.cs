using System.Buffers.Binary;
using AuditHost.Journal.Records;

namespace AuditHost.Journal;

/// <summary>A destination's place in the journal, kept in two slots of a file that never grows.</summary>
internal sealed class Cursor : IDisposable
{
    internal const uint Magic = 0x524341F8;
    internal const int ContentLength = 6 * sizeof(ulong);

    private readonly Lock _gate = new();
    private readonly TwoSlotFile _file;
    private CursorState _state;
    private CursorState _syncedState;
    private bool _dirty;

    private Cursor(string name, TwoSlotFile file, CursorState state, CursorState syncedState)
    {
        Name = name;
        _file = file;
        _state = state;
        _syncedState = syncedState;
    }

    /// <summary>A cursor whose file was made just now and is durable.</summary>
    internal static Cursor Created(string name, TwoSlotFile file, CursorState state) => new(name, file, state, state);

    /// <summary>
    /// A cursor as the last process left it. What it wrote before it was killed may be in the kernel's memory alone, so nothing counts
    /// as safe from a power cut until <see cref="Secure"/> has worked.
    /// </summary>
    internal static Cursor Found(string name, TwoSlotFile file, CursorState state) => new(name, file, state, default);

    /// <summary>Makes what was found durable. Where that fails, the next write tries it first.</summary>
    internal void Secure()
    {
        try
        {
            _file.Secure();
        }
        catch (IOException exception)
        {
            Failure = exception.Message;
            return;
        }

        lock (_gate)
            _syncedState = _state;
    }

    public string Name { get; }

    /// <summary>Whether a destination of the site works with it; nobody moves the others.</summary>
    public bool IsServed { get; internal set; }

    /// <summary>How many bytes may wait behind it before new events are refused; <see langword="null"/> where only the journal's limit counts.</summary>
    public long? Quota { get; internal set; }

    /// <summary>The last state written.</summary>
    public CursorState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Why the last write or sync failed; <see langword="null"/> where it did not. Until it works again a restart repeats what was delivered since.</summary>
    public string? Failure { get; private set; }

    /// <summary>
    /// Writes a state. It survives the process at once and a power cut after the next sync, which the journal does often. One
    /// writer; no allocation. A failing disk does not stop the lane: <see cref="Failure"/> tells, and a restart repeats some events.
    /// </summary>
    public void Write(CursorState state)
    {
        Span<byte> content = stackalloc byte[ContentLength];
        Encode(state, content);
        try
        {
            _file.Write(content);
            Failure = null;
        }
        catch (IOException exception)
        {
            Failure = exception.Message;
        }

        lock (_gate)
        {
            _state = state;
            _dirty = Failure is null;
        }
    }

    /// <summary>The last state that a power cut cannot take back; retention goes by it.</summary>
    internal CursorState SyncedState
    {
        get
        {
            lock (_gate)
                return _syncedState;
        }
    }

    /// <summary>Makes the last state durable. After a failed sync only a later write makes the file worth another.</summary>
    internal void Sync()
    {
        CursorState state;
        lock (_gate)
        {
            if (!_dirty)
                return;
            _dirty = false;
            state = _state;
        }

        try
        {
            _file.Sync();
        }
        catch (IOException exception)
        {
            Failure = exception.Message;
            return;
        }
        catch (ObjectDisposedException)
        {
            // The destination was deleted meanwhile.
            return;
        }

        lock (_gate)
            _syncedState = state;
    }

    /// <summary>
    /// Writes the state again where the disk did not take it, for the one writer: a lane that is level writes nothing by itself, and
    /// retention would wait for it for ever.
    /// </summary>
    public void Renew()
    {
        if (Failure is not null)
            Write(State);
    }

    /// <summary>Writes a state and makes it durable before it returns. Like <see cref="Write"/> for the one writer.</summary>
    /// <exception cref="IOException">It may be written, but a power cut can take it back.</exception>
    public void WriteDurably(CursorState state)
    {
        // The journal's own sync may have begun between the two; then it is its sync that makes the state durable, or another one.
        do
        {
            Write(state);
            Sync();
            if (Failure is { } failure)
                throw new IOException($"The cursor of '{Name}' could not be made durable: {failure}");
        }
        while (SyncedState != state);
    }

    public void Dispose() => _file.Dispose();

    internal static void Encode(in CursorState state, Span<byte> content)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(content, state.Origin);
        BinaryPrimitives.WriteUInt64LittleEndian(content[8..], state.Position);
        BinaryPrimitives.WriteUInt64LittleEndian(content[16..], state.Delivered);
        BinaryPrimitives.WriteUInt64LittleEndian(content[24..], state.Filtered);
        BinaryPrimitives.WriteUInt64LittleEndian(content[32..], state.DeadLettered);
        BinaryPrimitives.WriteUInt64LittleEndian(content[40..], state.Dropped);
    }

    internal static CursorState Decode(ReadOnlySpan<byte> content) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(content),
        BinaryPrimitives.ReadUInt64LittleEndian(content[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(content[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(content[24..]),
        BinaryPrimitives.ReadUInt64LittleEndian(content[32..]),
        BinaryPrimitives.ReadUInt64LittleEndian(content[40..]));
}
