using System.Text;

namespace AuditHost.Formats.Leef;

/// <summary>One attribute that is taken from an event.</summary>
internal sealed class LeefField
{
    public LeefField(string key, string path, LeefFieldKind kind = LeefFieldKind.Text, int limit = LeefLimits.Text)
    {
        Key = Encoding.ASCII.GetBytes(key);
        Path = path;
        Kind = kind;
        Limit = limit;
    }

    public byte[] Key { get; }

    /// <summary>Where the value stands in the event.</summary>
    public string Path { get; }

    public LeefFieldKind Kind { get; }

    /// <summary>The most bytes of the value.</summary>
    public int Limit { get; }
}
