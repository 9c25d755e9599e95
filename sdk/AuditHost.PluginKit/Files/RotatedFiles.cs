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

    /// <summary>A free name for a file that ends now, behind all others of this second. Names sort by time.</summary>
    public string NextName(DateTimeOffset now)
    {
        string start = _prefix + now.UtcDateTime.ToString(StampFormat, CultureInfo.InvariantCulture) + '-';
        int last = 0;
        foreach (string file in Directory.GetFiles(_directory, start + '*' + _extension))
        {
            if (TryRead(file, out _, out int number))
                last = Math.Max(last, number);
        }

        if (last == MaxInOneSecond)
            throw new IOException($"'{path}' was rotated {MaxInOneSecond} times within a second; raise its size limit.");
        return Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{start}{last + 1:000}{_extension}"));
    }

    /// <summary>Deletes what is too many or too old.</summary>
    public void Prune(DateTimeOffset now)
    {
        if (keepFiles is null && keepFor is null)
            return;

        int kept = 0;
        foreach (string file in Directory.GetFiles(_directory, _prefix + '*' + _extension).OrderDescending(StringComparer.Ordinal))
        {
            if (!TryRead(file, out DateTimeOffset end, out _))
                continue;
            bool stays = kept < (keepFiles ?? int.MaxValue) && (keepFor is null || now - end <= keepFor);
            if (stays)
                kept++;
            else
                File.Delete(file);
        }
    }

    // Only names of exactly this shape are ours to delete.
    private bool TryRead(string file, out DateTimeOffset end, out int number)
    {
        end = default;
        number = 0;
        ReadOnlySpan<char> name = Path.GetFileName(file.AsSpan());
        if (name.Length != _prefix.Length + StampLength + 4 + _extension.Length)
            return false;
        ReadOnlySpan<char> tail = name.Slice(_prefix.Length + StampLength, 4);
        return tail[0] == '-' && int.TryParse(tail[1..], NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && DateTimeOffset.TryParseExact(
                name.Slice(_prefix.Length, StampLength), StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out end);
    }
}
