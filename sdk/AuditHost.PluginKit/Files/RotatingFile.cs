namespace AuditHost.PluginKit.Files;

/// <summary>
/// A file of lines that grows by whole batches and starts anew by size or time. When <see cref="Append"/> returns, the batch is
/// on the disk; when it throws, nothing of the batch stays. One call at a time.
/// </summary>
public sealed class RotatingFile : IDisposable
{
    private readonly RotatingFileOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly IFileDevice _device;
    private readonly RotatedFiles _rotated;
    private OpenFile? _file;
    private DateTime _period;
    private bool _renamed;
    private bool _torn;
    private bool _disposed;

    /// <summary>Describes a file; nothing is opened yet.</summary>
    /// <param name="options">Where it lies and when it starts anew.</param>
    /// <param name="time">The clock of the rotation.</param>
    /// <param name="warn">Takes what the operator should know although the batch was written.</param>
    public RotatingFile(RotatingFileOptions options, TimeProvider time, Action<string> warn)
        : this(options, time, warn, new DiskDevice())
    {
    }

    internal RotatingFile(RotatingFileOptions options, TimeProvider time, Action<string> warn, IFileDevice device)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(warn);
        if (!Path.IsPathFullyQualified(options.Path))
            throw new ArgumentException($"'{options.Path}' is not an absolute path.", nameof(options));
        _options = options;
        _time = time;
        _warn = warn;
        _device = device;
        _rotated = new RotatedFiles(options.Path, options.KeepFiles, options.KeepFor);
    }

    /// <summary>Opens the file, creates it where it is missing, and cuts off a half line at its end.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or it is a folder.</exception>
    /// <exception cref="NotSupportedException">It is a pipe or a device.</exception>
    public void Open() => Current();

    /// <summary>Appends lines, each with its line feed; a missing last one is added.</summary>
    /// <returns>Where they begin.</returns>
    /// <exception cref="IOException">The disk is full or failed; the file is as it was before.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened, or it is a folder.</exception>
    /// <exception cref="NotSupportedException">It is a pipe or a device.</exception>
    public FilePosition Append(ReadOnlySpan<byte> lines)
    {
        OpenFile file = Current();
        int missing = lines.IsEmpty || lines[^1] == '\n' ? 0 : 1;
        long added = lines.Length + missing;
        DateTimeOffset now = _time.GetUtcNow();
        if (file.Length > 0 && (PeriodOf(now) > _period || file.Length + added > (_options.MaxBytes ?? long.MaxValue)))
            file = Rotate(now);

        long offset = file.Length;
        try
        {
            _device.Write(file.Handle, lines, offset);
            if (missing > 0)
                _device.Write(file.Handle, "\n"u8, offset + lines.Length);
            if (_options.Sync)
                _device.Sync(file.Handle);
        }
        catch
        {
            _torn = true;
            TryTakeBack();
            throw;
        }

        file.Length += added;
        return new FilePosition(Path.GetFileName(_options.Path), offset);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _disposed = true;
        Close();
    }

    private OpenFile Current()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_torn)
            TakeBack();
        if (_file is not null && !_file.IsInPlace())
        {
            _warn($"'{_options.Path}' was moved, deleted or changed by someone else; it is opened anew.");
            Close();
        }

        return _file ??= OpenWhole();
    }

    private OpenFile OpenWhole()
    {
        if (_renamed)
            SyncNames();
        OpenFile file = OpenFile.At(_options.Path);
        try
        {
            if (TornTail.WholeLength(file) is not { } whole)
            {
                file.Dispose();
                string aside = SetAside(_time.GetUtcNow());
                _warn($"'{_options.Path}' held no line that ends; it is now '{aside}'.");
                return OpenWhole();
            }

            if (whole < file.Length)
            {
                _warn($"'{_options.Path}' ended in {file.Length - whole} bytes without a line feed; they are cut off.");
                RandomAccess.SetLength(file.Handle, whole);
                file.Length = whole;
            }

            _period = PeriodOf(whole > 0 ? File.GetLastWriteTimeUtc(file.Handle) : _time.GetUtcNow());
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private OpenFile Rotate(DateTimeOffset now)
    {
        Close();
        SetAside(now);
        try
        {
            _rotated.Prune(now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _warn($"Old files of '{_options.Path}' could not be deleted: {exception.Message}");
        }

        return _file = OpenWhole();
    }

    private string SetAside(DateTimeOffset now)
    {
        string name = _rotated.NextName(now);
        File.Move(_options.Path, name);
        _renamed = true;
        SyncNames();
        return name;
    }

    private void SyncNames()
    {
        if (_options.Sync)
            NativeFile.SyncDirectory(Path.GetDirectoryName(_options.Path)!);
        _renamed = false;
    }

    // The file is closed then: after a failed sync only a fresh descriptor reports the next error.
    private void TakeBack()
    {
        if (_file is not null)
            RandomAccess.SetLength(_file.Handle, _file.Length);
        _torn = false;
        Close();
    }

    private void TryTakeBack()
    {
        try
        {
            TakeBack();
        }
        catch (IOException exception)
        {
            _warn($"'{_options.Path}' keeps a part of a failed batch until it can be cut: {exception.Message}");
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private DateTime PeriodOf(DateTimeOffset time) => _options.Every switch
    {
        RotationPeriod.Hourly => time.UtcDateTime.Date.AddHours(time.UtcDateTime.Hour),
        RotationPeriod.Daily => time.UtcDateTime.Date,
        _ => default,
    };
}
