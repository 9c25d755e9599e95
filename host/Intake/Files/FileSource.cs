using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using AuditHost.Configuration.Options;
using AuditHost.Journal.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Intake.Files;

/// <summary>
/// Follows every file that matches a pattern, over renames, truncation and restarts. A position moves only after the events
/// before it are durable; what is read again after a crash has the same ids.
/// </summary>
internal sealed class FileSource : IEventSource
{
    /// <summary>Notifications tell of most changes at once; this is for file systems and limits where they do not.</summary>
    private static readonly TimeSpan RescanInterval = TimeSpan.FromSeconds(10);

    /// <summary>A renamed file is still written to until its writer has opened the new one; after so long without a byte it is done.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMinutes(1);

    private readonly FileSourceOptions _options;
    private readonly FilePattern _pattern;
    private readonly string _positionsPath;
    private readonly EventPumpContext _context;
    private readonly ILogger _logger;
    private readonly bool _once;
    private readonly HashSet<string> _troubled = [];
    private readonly Dictionary<FileIdentity, FollowedFile> _files = [];
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <param name="options">The pattern and the limits.</param>
    /// <param name="stateDirectory">Where the positions are kept.</param>
    /// <param name="sink">Takes the events.</param>
    /// <param name="rejected">Takes what is no event.</param>
    /// <param name="time">For the rescan and for waits.</param>
    /// <param name="logger">Told of files that cannot be read.</param>
    /// <param name="once">Whether to stop at the end of the files there are, instead of following them.</param>
    public FileSource(
        FileSourceOptions options, string stateDirectory, IEventSink sink, IRejectedInput rejected, TimeProvider time, ILogger logger, bool once)
    {
        _options = options;
        _logger = logger;
        _once = once;
        _pattern = new FilePattern(options.Path);
        Name = NameFor(options.Path);
        _positionsPath = Path.Combine(stateDirectory, $"{Name}.positions");
        _context = new EventPumpContext(Name, sink, rejected, Counters, time, options.MaxEventBytes, options.RateLimit);
    }

    public string Name { get; }

    public bool IsFinite => _once;

    public SourceCounters Counters { get; } = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        FilePositions positions = FilePositions.Load(_positionsPath);
        using ITimer rescan = _context.Time.CreateTimer(_ => _changes.Writer.TryWrite(true), null, RescanInterval, RescanInterval);
        using FileSystemWatcher? watcher = _once ? null : TryWatch();
        try
        {
            bool fromEnd = positions.IsNew && !_options.FromStart;
            while (true)
            {
                Scan(positions, fromEnd);
                fromEnd = false;
                // A new file is noted before its first event, so that after a crash the same ids come out.
                if (!positions.TrySave())
                {
                    await Task.Delay(RescanInterval, _context.Time, cancellationToken);
                    continue;
                }

                bool allAtEnd = await ReadAllAsync(positions, cancellationToken);
                if (_once && allAtEnd)
                {
                    if (_troubled.Count > 0)
                        throw new IOException($"Source {Name} could not read: {string.Join(", ", _troubled)}");
                    return;
                }

                if (allAtEnd)
                    await _changes.Reader.ReadAsync(cancellationToken);
            }
        }
        finally
        {
            positions.TrySave();
            foreach (FollowedFile file in _files.Values)
                file.Dispose();
            _files.Clear();
        }
    }

    /// <summary>Unlike the place in the list of sources, the pattern still names the same files after the list was edited.</summary>
    private static string NameFor(string path)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 4));
        var word = new string([.. Path.GetFileNameWithoutExtension(path).Where(char.IsAsciiLetterOrDigit).Take(32)]);
        return word.Length == 0 ? $"file-{hash}" : $"file-{word}-{hash}";
    }

    private void Scan(FilePositions positions, bool fromEnd)
    {
        if (TryList() is not { } matches)
            return;
        foreach (FollowedFile file in _files.Values)
            file.IsMatched = false;
        foreach (string path in matches)
            Follow(path, positions, fromEnd, onlyKnown: false);

        // A file that was renamed out of the pattern while nobody looked is still owed its last lines.
        List<FilePosition> missing = [.. positions.All.Where(position => !_files.ContainsKey(position.Identity))];
        foreach (string folder in missing.Select(position => Path.GetDirectoryName(position.Path)!).Distinct().Where(Directory.Exists))
        {
            foreach (string path in Directory.EnumerateFiles(folder))
                Follow(path, positions, fromEnd: false, onlyKnown: true);
        }

        // Where even the folder is away, as an unmounted one is, the positions wait for it.
        foreach (FilePosition gone in missing.Where(IsGone))
            positions.Remove(gone.Identity);
    }

    private bool IsGone(FilePosition position) =>
        !_files.ContainsKey(position.Identity) && Directory.Exists(Path.GetDirectoryName(position.Path));

    private string[]? TryList()
    {
        try
        {
            return [.. _pattern.Enumerate()];
        }
        catch (DirectoryNotFoundException)
        {
            // A folder went away during the search.
            return null;
        }
    }

    private void Follow(string path, FilePositions positions, bool fromEnd, bool onlyKnown)
    {
        if (NativeFile.TryGetIdentity(path) is not { } seen)
            return;
        if (_files.TryGetValue(seen, out FollowedFile? file))
        {
            if (!onlyKnown)
                file.MoveTo(path);
            return;
        }

        FilePosition? known = positions.Find(seen);
        if (onlyKnown && known is null)
            return;
        if (TryOpen(path) is not { } handle)
            return;
        if (NativeFile.TryGetIdentity(handle) != seen || (known ?? TryBegin(handle, seen, path, fromEnd)) is not { } position)
        {
            handle.Dispose();
            return;
        }

        _troubled.Remove(path);

        positions.Set(position);
        file = new FollowedFile(_context, positions, handle, position) { IsMatched = !onlyKnown };
        if (!onlyKnown)
            file.MoveTo(path);
        _files.Add(seen, file);
    }

    private FilePosition? TryBegin(SafeFileHandle handle, FileIdentity identity, string path, bool fromEnd)
    {
        try
        {
            return FollowedFile.Begin(handle, identity, path, generation: 0) is not { } position ? null
                : fromEnd ? position with { Offset = RandomAccess.GetLength(handle) }
                : position;
        }
        catch (IOException exception)
        {
            Complain(path, exception);
            return null;
        }
    }

    private SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.SequentialScan);
        }
        catch (FileNotFoundException)
        {
            // Gone since it was listed.
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Complain(path, exception);
            return null;
        }
    }

    /// <summary>Once per trouble of a file: every scan tries again.</summary>
    private void Complain(string path, Exception exception)
    {
        if (_troubled.Add(path))
            _logger.LogWarning("{Path} cannot be read: {Reason}", path, exception.Message);
    }

    /// <summary>Gives every file a turn. A file the pattern no longer leads to was rotated: it comes first and to its end.</summary>
    private async ValueTask<bool> ReadAllAsync(FilePositions positions, CancellationToken cancellationToken)
    {
        bool allAtEnd = true;
        foreach (FollowedFile file in _files.Values.OrderBy(file => file.IsMatched).ToArray())
        {
            bool atEnd;
            try
            {
                do
                {
                    atEnd = await file.ReadAsync(cancellationToken);
                    positions.TrySave();
                }
                while (!file.IsMatched && !atEnd);
            }
            catch (IOException exception)
            {
                // The other files are no worse for it. What was read of this one stays as it is.
                Complain(file.Path, exception);
                continue;
            }

            _troubled.Remove(file.Path);
            allAtEnd &= atEnd;
            bool isDone = !file.IsMatched && (_once || file.QuietTime >= Linger);
            if (atEnd && (_once || isDone))
                await file.CompleteAsync(mayGrow: !isDone, cancellationToken);
            if (isDone)
                Forget(file, positions);
        }

        positions.TrySave();
        return allAtEnd;
    }

    private void Forget(FollowedFile file, FilePositions positions)
    {
        _files.Remove(file.Identity);
        file.Dispose();
        positions.Remove(file.Identity);
    }

    private FileSystemWatcher? TryWatch()
    {
        try
        {
            var watcher = new FileSystemWatcher(_pattern.Root)
            {
                IncludeSubdirectories = _pattern.IsRecursive,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.Size | NotifyFilters.LastWrite,
            };
            watcher.Changed += Wake;
            watcher.Created += Wake;
            watcher.Renamed += Wake;
            watcher.Deleted += Wake;
            watcher.Error += (_, _) => _changes.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            // No such folder yet, or no notification left to be had: the rescan does it alone.
            return null;
        }
    }

    private void Wake(object sender, FileSystemEventArgs change) => _changes.Writer.TryWrite(true);
}
