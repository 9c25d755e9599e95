using System.Text;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation;

/// <summary>
/// What a plugin's process writes to its console: some of it goes to the log, the end is kept for the reason of a crash, and all of it is
/// taken, so that nobody blocks on a full pipe.
/// </summary>
internal sealed class ProcessOutput(ILogger logger)
{
    private const int MostLogged = 64 * 1024;
    private const int Kept = 64 * 1024;
    private const int Told = 300;

    /// <summary>How the runtime begins its last words; a stack trace of any length follows.</summary>
    private static readonly string[] LastWords = ["Unhandled exception.", "Process terminated.", "Stack overflow.", "Fatal error.", "Out of memory."];

    private readonly Lock _lock = new();
    private readonly StringBuilder _end = new();
    private int _logged;

    /// <summary>Why it ended, in its own words, as far as a few lines can say it.</summary>
    public string End
    {
        get
        {
            string end;
            lock (_lock)
                end = _end.ToString().Trim();
            int start = LastWords.Max(words => end.LastIndexOf(words, StringComparison.Ordinal));
            if (start < 0)
                return end.Length <= Told ? end : string.Concat("…", end.AsSpan(end.Length - Told));
            return end.Length - start <= Told ? end[start..] : string.Concat(end.AsSpan(start, Told), "…");
        }
    }

    /// <summary>Reads to the end.</summary>
    public async Task DrainAsync(StreamReader reader)
    {
        char[] buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
            Take(buffer.AsSpan(0, read));
    }

    private void Take(ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            _end.Append(text);
            if (_end.Length > Kept)
                _end.Remove(0, _end.Length - Kept);
            if (_logged >= MostLogged)
                return;
            _logged += text.Length;
        }

        if (logger.IsEnabled(LogLevel.Debug))
            logger.LogDebug("The plugin wrote: {Text}", text.ToString().ReplaceLineEndings(" "));
    }
}
