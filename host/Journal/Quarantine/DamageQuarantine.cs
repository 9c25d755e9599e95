using System.Text.Json;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal.Quarantine;

/// <summary>
/// Keeps what a log found damaged: for each place a file with the report and a copy of the bytes, so that both outlive the segment. One
/// thread at a time uses it. It is never a reason to stop: what cannot be copied now is tried again with the next call.
/// </summary>
/// <param name="logDirectory">The log's folder; the quarantine is a folder in it, made when there is something to keep.</param>
/// <param name="storage">The disk.</param>
/// <param name="time">The clock.</param>
/// <param name="damage">What was found.</param>
/// <param name="maxBytes">All pieces together; the oldest go first.</param>
internal sealed class DamageQuarantine(
    string logDirectory, IJournalStorage storage, TimeProvider time, DamageLog damage, long maxBytes = DamageQuarantine.MaxBytes)
{
    public const long MaxBytes = 64L << 20;

    /// <summary>Of a longer place the beginning is copied.</summary>
    private const long LongestPiece = 8L << 20;

    private const int ChunkBytes = 64 << 10;
    private const int SectorBytes = 4096;

    private readonly string _directory = Path.Combine(logDirectory, QuarantineFolder.Name);
    private readonly Queue<(string Path, long Bytes, QuarantinePiece Piece)> _pieces = new();
    private readonly HashSet<(string, long, long, ulong, ulong)> _places = [];
    private readonly SequenceRanges _lost = new();
    private volatile QuarantineSummary? _summary;
    private volatile int _taken;
    private long _number;
    private long _bytes;
    private long _removed;

    /// <summary>What is kept; <see langword="null"/> where nothing is.</summary>
    public QuarantineSummary? Summary => _summary;

    /// <summary>Whether something was found damaged that is not kept yet.</summary>
    public bool HasWork => damage.KeptReports > _taken;

    /// <summary>Takes up what earlier starts kept. What a crash left unfinished is copied again.</summary>
    public void Load()
    {
        try
        {
            foreach ((long number, string path, long bytes, QuarantinePiece? piece) in QuarantineFolder.Read(_directory, storage))
            {
                _number = Math.Max(_number, number);
                if (piece is null)
                    TryDelete(path);
                else
                    Hold(path, bytes, piece);
            }
        }
        catch (IOException)
        {
            // A log whose quarantine cannot be looked at is recovered all the same.
        }

        Summarise();
    }

    /// <summary>Keeps what was found since the last call.</summary>
    /// <param name="atMost">So many places; the rest waits for the next call.</param>
    public void Keep(int atMost = int.MaxValue)
    {
        if (!HasWork)
            return;
        try
        {
            foreach (DamageReport report in damage.Reports.Skip(_taken).Take(atMost))
            {
                Keep(report);
                _taken++;
            }
        }
        catch (IOException)
        {
            // A full or failing disk: the report stands in the log and the damage stays where it is, as long as its file does.
        }

        Summarise();
    }

    private void Keep(DamageReport report)
    {
        var piece = new QuarantinePiece(
            Path.GetFileName(report.File), report.Offset, report.Length, report.First, report.Next, report.Reason, time.GetUtcNow(), 0, _removed);
        if (_places.Contains(piece.Place))
            return;
        using IJournalFile? source = report.Bytes is null && report.Length > 0 ? TryOpen(report.File) : null;
        long there = report.Bytes?.Length ?? (source is null ? 0 : Math.Max(0, source.Length - report.Offset));
        piece = piece with { Copied = Math.Min(Math.Min(report.Length, there), LongestPiece) };
        byte[] line = LineOf(piece);
        MakeRoom(line.Length + piece.Copied);
        piece = piece with { Removed = _removed };
        line = LineOf(piece);
        storage.CreateDirectory(_directory);
        string path = Path.Combine(_directory, QuarantineFolder.FileNameOf(++_number, piece));
        try
        {
            Write(path, line, piece, report.Bytes, source);
        }
        catch (IOException)
        {
            TryDelete(path);
            throw;
        }

        Hold(path, line.Length + piece.Copied, piece);
    }

    private static byte[] LineOf(QuarantinePiece piece) => [.. JsonSerializer.SerializeToUtf8Bytes(piece, QuarantineJson.Default.QuarantinePiece), (byte)'\n'];

    private void Write(string path, byte[] line, QuarantinePiece piece, byte[]? bytes, IJournalFile? source)
    {
        using IJournalFile target = storage.Create(path);
        target.Write(line, 0);
        if (bytes is { Length: > 0 })
            target.Write(bytes.AsSpan(0, (int)piece.Copied), line.Length);
        else if (source is not null)
            Copy(source, piece, target, line.Length);
        target.Sync();
        storage.SyncDirectory(_directory);
    }

    private static void Copy(IJournalFile source, QuarantinePiece piece, IJournalFile target, long at)
    {
        byte[] chunk = new byte[(int)Math.Min(piece.Copied, ChunkBytes)];
        for (long done = 0; done < piece.Copied;)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, piece.Copied - done));
            Read(source, piece.Offset + done, part);
            target.Write(part, at + done);
            done += part.Length;
        }
    }

    /// <summary>What the disk cannot read becomes zeros.</summary>
    private static void Read(IJournalFile source, long offset, Span<byte> part)
    {
        try
        {
            part[source.Read(part, offset)..].Clear();
        }
        catch (IOException) when (part.Length > SectorBytes)
        {
            for (int start = 0; start < part.Length; start += SectorBytes)
                Read(source, offset + start, part.Slice(start, Math.Min(SectorBytes, part.Length - start)));
        }
        catch (IOException)
        {
            part.Clear();
        }
    }

    private void MakeRoom(long bytes)
    {
        while (_bytes + bytes > maxBytes && _pieces.TryPeek(out (string Path, long Bytes, QuarantinePiece Piece) oldest))
        {
            storage.Delete(oldest.Path);
            storage.SyncDirectory(_directory);
            _pieces.Dequeue();
            _places.Remove(oldest.Piece.Place);
            _bytes -= oldest.Bytes;
            _removed++;
        }
    }

    private void Hold(string path, long bytes, QuarantinePiece piece)
    {
        _pieces.Enqueue((path, bytes, piece));
        _places.Add(piece.Place);
        _lost.Add(piece.First, piece.Next);
        damage.Remember(piece.First, piece.Next);
        _bytes += bytes;
        _removed = Math.Max(_removed, piece.Removed);
    }

    private void Summarise() => _summary = _pieces.Count == 0 ? null : new QuarantineSummary(_directory, _pieces.Count, _bytes, _lost.Count, _removed);

    /// <summary>The file may be gone, or belong to nobody.</summary>
    private IJournalFile? TryOpen(string path)
    {
        try
        {
            return storage.Open(path, writable: false);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private void TryDelete(string path)
    {
        try
        {
            storage.Delete(path);
        }
        catch (IOException)
        {
            // It is no piece and is passed over the next time too.
        }
    }
}
