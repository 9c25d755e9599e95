using System.Globalization;

namespace AuditHost.PluginKit.Files;

/// <summary>The names of rotated files, <c>name-20261123T200000Z-001.ext</c>, and how many of them stay.</summary>
internal sealed class RotatedFiles(string path, int? keepFiles, TimeSpan? keepFor)
{
    private const string StampFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int StampLength = 16;
    private const int MaxInOneSecond = 999;

    private readonly string _directory = Path.GetDirectoryName(path)!;
    private readonly string _prefix = Path.GetFileNameWithoutExtension(path) + '-';
    private readonly string _extension = Path.GetExtension(path);

    /// <summary>A free name for a file that ends now. Names sort by time.</summary>
    public string NextName(DateTimeOffset now)
    {
        string stamp = now.UtcDateTime.ToString(StampFormat, CultureInfo.InvariantCulture);
        for (int number = 1; number <= MaxInOneSecond; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{_prefix}{stamp}-{number:000}{_extension}");
            string candidate = Path.Combine(_directory, name);
            if (!File.Exists(candidate))
                return candidate;
        }

        throw new IOException($"'{path}' was rotated {MaxInOneSecond} times within a second; raise its size limit.");
    }

    /// <summary>Deletes what is too many or too old.</summary>
    public void Prune(DateTimeOffset now)
    {
        if (keepFiles is null && keepFor is null)
            return;

        var names = Directory.GetFiles(_directory, _prefix + '*' + _extension)
            .Where(file => EndOf(file) is not null)
            .OrderDescending(StringComparer.Ordinal);
        int kept = 0;
        foreach (string file in names)
        {
            bool stays = kept < (keepFiles ?? int.MaxValue) && (keepFor is null || now - EndOf(file) <= keepFor);
            if (stays)
                kept++;
            else
                File.Delete(file);
        }
    }

    // Only names of exactly this shape are ours to delete.
    private DateTimeOffset? EndOf(string file)
    {
        ReadOnlySpan<char> name = Path.GetFileName(file.AsSpan());
        if (name.Length != _prefix.Length + StampLength + 4 + _extension.Length)
            return null;
        ReadOnlySpan<char> stamp = name.Slice(_prefix.Length, StampLength);
        ReadOnlySpan<char> number = name.Slice(_prefix.Length + StampLength, 4);
        return number[0] == '-' && int.TryParse(number[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && DateTimeOffset.TryParseExact(stamp, StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end)
            ? end
            : null;
    }
}
