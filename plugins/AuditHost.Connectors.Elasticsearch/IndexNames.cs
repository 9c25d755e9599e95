using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// The index that an event goes to, by its own date. By the date of sending, an event that is tried again after midnight would be stored twice:
/// an <c>_id</c> is unique within one index alone.
/// </summary>
internal sealed class IndexNames(string prefix, IndexRotation rotation)
{
    /// <summary>The most bytes of what stands behind the prefix.</summary>
    public const int LongestDate = 11;

    private readonly byte[] _prefix = Encoding.ASCII.GetBytes(prefix);

    /// <summary>All the indices, as a template or a search names them.</summary>
    public string Pattern => rotation == IndexRotation.None ? prefix : prefix + "-*";

    /// <summary>Writes the name.</summary>
    /// <param name="time">The event's time.</param>
    /// <param name="target">Has room for <see cref="IndexName.MaxBytes"/>.</param>
    /// <returns>How many bytes it has.</returns>
    public int Write(DateTimeOffset time, Span<byte> target)
    {
        _prefix.CopyTo(target);
        return _prefix.Length + WriteDate(time.UtcDateTime, target[_prefix.Length..]);
    }

    private int WriteDate(DateTime date, Span<byte> target)
    {
        int written = 0;
        switch (rotation)
        {
            case IndexRotation.Daily:
                date.TryFormat(target, out written, "-yyyy-MM-dd", CultureInfo.InvariantCulture);
                break;
            case IndexRotation.Weekly:
                Utf8.TryWrite(target, CultureInfo.InvariantCulture, $"-{ISOWeek.GetYear(date):D4}-w{ISOWeek.GetWeekOfYear(date):D2}", out written);
                break;
            case IndexRotation.Monthly:
                date.TryFormat(target, out written, "-yyyy-MM", CultureInfo.InvariantCulture);
                break;
            default:
                break;
        }

        return written;
    }
}
