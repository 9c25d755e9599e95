namespace AuditHost.Journal;

/// <summary>A destination's place in the journal, kept in two alternating slots of a file that never grows.</summary>
internal sealed class Cursor
{
    public string Name => throw new NotImplementedException();

    /// <summary>The last state written.</summary>
    public CursorState State => throw new NotImplementedException();

    /// <summary>Writes a state. It survives the process at once and a power cut after the next sync, which the journal does often.</summary>
    public void Write(CursorState state) => throw new NotImplementedException();
}
