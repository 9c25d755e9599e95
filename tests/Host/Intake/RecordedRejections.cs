using System.Text;
using AuditHost.Intake;

namespace AuditHost.Tests.Intake;

/// <summary>Rejected input in memory.</summary>
internal sealed class RecordedRejections : IRejectedInput
{
    public List<(long Offset, long Length, string Data, string Reason)> Pieces { get; } = [];

    public int Syncs { get; private set; }

    public void Reject(string source, in RejectedPiece piece) =>
        Pieces.Add((piece.Offset, piece.Length, Encoding.Latin1.GetString(piece.FirstBytes.Span), piece.Reason));

    public void Sync(string source) => Syncs++;
}
