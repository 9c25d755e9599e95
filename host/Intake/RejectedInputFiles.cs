using System.Text.Json;
using AuditHost.Journal.Storage;

namespace AuditHost.Intake;

/// <summary>Appends rejected input as JSON lines to one file per source, readable by the owner alone.</summary>
internal sealed class RejectedInputFiles(string directory) : IRejectedInput, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Target> _targets = [];
    private readonly PooledBuffer _line = new(4096);

    public void Reject(string source, in RejectedPiece piece)
    {
        lock (_gate)
        {
            Target target = Open(source);
            Write(source, piece);
            // A failed write leaves the length as it was, so that the next one goes over what it may have left.
            target.File.Write(_line.Written.Span, target.Length);
            target.Length += _line.Length;
        }
    }

    public void Sync(string source)
    {
        Target target;
        lock (_gate)
            target = Open(source);
        target.File.Sync();
    }

    public void Dispose()
    {
        foreach (Target target in _targets.Values)
            target.File.Dispose();
        _targets.Clear();
        _line.Dispose();
    }

    private Target Open(string source)
    {
        if (_targets.TryGetValue(source, out Target? target))
            return target;
        DiskStorage.Instance.CreateDirectory(directory);
        IJournalFile file = DiskStorage.Instance.OpenOrCreate(Path.Combine(directory, source + ".jsonl"));
        target = new Target(file) { Length = file.Length };
        _targets.Add(source, target);
        return target;
    }

    private void Write(string source, in RejectedPiece piece)
    {
        _line.Truncate(0);
        using (var json = new Utf8JsonWriter(_line))
        {
            json.WriteStartObject();
            json.WriteString("source"u8, source);
            json.WriteString("origin"u8, piece.Origin);
            json.WriteNumber("offset"u8, piece.Offset);
            json.WriteNumber("length"u8, piece.Length);
            json.WriteString("reason"u8, piece.Reason);
            json.WriteBase64String("data"u8, piece.FirstBytes.Span);
            json.WriteEndObject();
        }

        _line.GetSpan(1)[0] = (byte)'\n';
        _line.Advance(1);
    }

    private sealed class Target(IJournalFile file)
    {
        public IJournalFile File { get; } = file;

        public long Length { get; set; }
    }
}
