using System.Globalization;

namespace AuditHost.Journal.Records;

/// <summary>One file of the log. It ends, for its readers, where the next one begins: what a failed write left behind is not read.</summary>
internal sealed class Segment(string directory, ulong id, ulong firstSequence, long createdAtTicks, long length)
{
    private const string Extension = ".log";
    private const int Digits = 20;

    private long _length = length;

    public ulong Id => id;

    public string Path { get; } = System.IO.Path.Combine(directory, NameOf(id));

    public ulong FirstSequence => firstSequence;

    /// <summary>UTC ticks.</summary>
    public long CreatedAtTicks => createdAtTicks;

    /// <summary>The bytes that were accepted; only the log's writer sets it.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    public static bool TryParseName(string name, out ulong id)
    {
        id = 0;
        return name.EndsWith(Extension, StringComparison.Ordinal)
            && name.Length == Digits + Extension.Length
            && ulong.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    private static string NameOf(ulong id) => id.ToString("D20", CultureInfo.InvariantCulture) + Extension;
}
