using AuditHost.Intake;

namespace AuditHost.Commands;

/// <summary>Ends a command at the first thing that is no event: whoever typed it can mend the file.</summary>
internal sealed class RefusingInput(string path) : IRejectedInput
{
    public void Reject(string source, in RejectedPiece piece) =>
        throw new InvalidDataException($"{path}, byte {piece.Offset}: {piece.Reason}");

    public void Sync(string source)
    {
    }
}
