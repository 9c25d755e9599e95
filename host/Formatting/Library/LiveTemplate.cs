using System.Security.Cryptography;
using AuditHost.Configuration.Options;

namespace AuditHost.Formatting.Library;

/// <summary>
/// The template of a running destination. It follows its file: a changed content is taken up where it compiles, else the one before goes
/// on. Whoever renders takes <see cref="Current"/> once for what must be rendered alike.
/// </summary>
internal sealed class LiveTemplate
{
    /// <summary>A file changed so shortly before it was read may change again without another time of change.</summary>
    private static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(2);

    private readonly TemplateOptions _options;
    private volatile TemplateVersion _current;
    private (long Length, DateTime ChangedAt)? _stamp;
    private string _settled;
    private string? _seen;

    private LiveTemplate(TemplateOptions options)
    {
        _options = options;
        _current = TemplateVersion.Open(options);
        _settled = _current.Revision;
    }

    /// <summary>The content that renders.</summary>
    public TemplateVersion Current => _current;

    public string Path => _options.Path;

    /// <summary>Why the file's content is not the one that renders; <see langword="null"/> where it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>How often a changed content was taken up.</summary>
    public long Reloads { get; private set; }

    /// <summary>How often a changed content was refused.</summary>
    public long Refusals { get; private set; }

    /// <summary>Reads and compiles the file.</summary>
    /// <exception cref="TemplateException">It does not compile.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LiveTemplate Open(TemplateOptions options) => new(options);

    /// <summary>
    /// Looks at the file. A change is settled when two looks in a row find the same content: an editor may be in the middle of writing it.
    /// Called by one thread at a time.
    /// </summary>
    /// <returns>Whether a change was settled: <see cref="Current"/> and <see cref="Problem"/> say how.</returns>
    public bool Look(DateTimeOffset now)
    {
        string? content = null;
        try
        {
            var file = new FileInfo(Path);
            (long, DateTime)? stamp = file.Exists ? (file.Length, file.LastWriteTimeUtc) : null;
            if (_seen is null && stamp is not null && stamp == _stamp)
                return false;
            byte[] bytes = TemplateFile.ReadBytes(Path);
            content = Convert.ToHexStringLower(SHA256.HashData(bytes))[.._current.Revision.Length];
            if (!IsSettled(content))
                return false;
            _stamp = now - file.LastWriteTimeUtc > ClockGrain ? stamp : null;
            return Take(bytes, content);
        }
        catch (Exception exception) when (exception is TemplateException or IOException or UnauthorizedAccessException)
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException ? $"{Path}: there is no such file." : exception.Message;
            return (content is not null || IsSettled(reason)) && Refuse(content ?? reason, reason);
        }
    }

    private bool IsSettled(string content)
    {
        bool again = content == _seen;
        _seen = again || content == _settled ? null : content;
        return again || content == _settled;
    }

    private bool Take(byte[] bytes, string content)
    {
        if (content == _settled)
            return false;
        TemplateVersion next = _current;
        if (content != _current.Revision)
        {
            next = TemplateVersion.Compile(TemplateFile.Parse(bytes, Path), _options);
            if (next.Kind != _current.Kind || next.ContentType != _current.ContentType)
            {
                return Refuse(
                    content,
                    $"{Path}: kind and content_type cannot change while the host runs; it renders {Describe(_current)}, and the file says {Describe(next)}.");
            }
        }

        _settled = content;
        _current = next;
        Problem = null;
        Reloads++;
        return true;
    }

    private bool Refuse(string content, string reason)
    {
        if (content == _settled)
            return false;
        _settled = content;
        Problem = reason;
        Refusals++;
        return true;
    }

    private static string Describe(TemplateVersion version) => $"{version.Kind.ToString().ToLowerInvariant()} as {version.ContentType}";
}
