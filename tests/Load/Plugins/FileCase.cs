namespace AuditHost.Load;

/// <summary>A file of JSON lines, counted as it grows.</summary>
internal sealed class FileCase : IPluginCase
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private FileStream? _file;
    private long _events;

    public static IPluginCase Create() => new FileCase();

    public string Destination => $"{{ type: file, format: jsonl, path: \"{_file!.Name}\" }}";

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    public long Events
    {
        get
        {
            for (int read; (read = _file!.Read(_buffer)) > 0;)
                _events += _buffer.AsSpan(0, read).Count((byte)'\n');
            return _events;
        }
    }

    public long Bytes => _file!.Position;

    public IReadOnlyList<string> Violations => [];

    public Task StartAsync(string folder)
    {
        _file = new FileStream(
            Path.Combine(folder, "out.jsonl"), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0 });
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
