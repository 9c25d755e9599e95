using System.Text.Json.Serialization;

namespace AuditHost.Journal.Quarantine;

/// <summary>The first line of a file in quarantine, as JSON; the damaged bytes follow it.</summary>
/// <param name="File">The file that is damaged, by its name.</param>
/// <param name="Offset">Where in it the damage begins.</param>
/// <param name="Length">How many bytes are damaged.</param>
/// <param name="First">The first event that cannot be read.</param>
/// <param name="Next">The first event after the damage; equal to <paramref name="First"/> where no event is lost.</param>
/// <param name="Reason">In one sentence.</param>
/// <param name="FoundAt">When it was copied here.</param>
/// <param name="Copied">How many of the bytes follow.</param>
/// <param name="Removed">How many older pieces had gone by then to make room.</param>
internal sealed record QuarantinePiece(
    string File, long Offset, long Length, ulong First, ulong Next, string Reason, DateTimeOffset FoundAt, long Copied, long Removed)
{
    /// <summary>What tells one damaged place from another, over restarts too.</summary>
    [JsonIgnore]
    public (string File, long Offset, long Length, ulong First, ulong Next) Place => (File, Offset, Length, First, Next);
}
