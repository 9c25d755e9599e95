using System.Globalization;
using System.Text.Json;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Quarantine;

/// <summary>The files of a quarantine: one for each damaged place, with a rising number in front, so that the oldest is known by its name.</summary>
internal static class QuarantineFolder
{
    public const string Name = "quarantine";

    /// <summary>The longest first line that is read back.</summary>
    private const int LongestLine = 8192;

    private const string Extension = ".damage";
    private const int Digits = 10;

    public static string FileNameOf(long number, QuarantinePiece piece) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:D10}-{piece.File}-{piece.Offset}{Extension}");

    /// <summary>What is there, oldest first. A file that a crash left unfinished has no piece.</summary>
    public static List<(long Number, string Path, long Bytes, QuarantinePiece? Piece)> Read(string directory, IJournalStorage storage)
    {
        var found = new List<(long, string, long, QuarantinePiece?)>();
        foreach (StoredFile stored in storage.List(directory).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (!TryParseName(stored.Name, out long number))
                continue;
            string path = Path.Combine(directory, stored.Name);
            found.Add((number, path, stored.Length, ReadPiece(path, stored.Length, storage)));
        }

        return found;
    }

    private static bool TryParseName(string name, out long number)
    {
        number = 0;
        return name.EndsWith(Extension, StringComparison.Ordinal)
            && name.Length > Digits
            && name[Digits] == '-'
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static QuarantinePiece? ReadPiece(string path, long length, IJournalStorage storage)
    {
        byte[] start = new byte[Math.Min(length, LongestLine)];
        try
        {
            using IJournalFile file = storage.Open(path, writable: false);
            Span<byte> read = start.AsSpan(0, file.Read(start, 0));
            int line = read.IndexOf((byte)'\n');
            QuarantinePiece? piece = line < 0 ? null : JsonSerializer.Deserialize(read[..line], QuarantineJson.Default.QuarantinePiece);
            return piece is not null && length == line + 1 + piece.Copied ? piece : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }
}
