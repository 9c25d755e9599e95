using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>Lines packed into datagrams: as many as fit, each on its own.</summary>
/// <param name="maxBytes">The most bytes of a datagram.</param>
internal sealed class Datagrams(int maxBytes) : IDisposable
{
    private readonly PooledBuffer _lines = new(4 << 10);

    // Where each datagram ends, its last line feed included.
    private readonly List<int> _ends = [];
    private int _start;

    public int Count => _ends.Count + (_lines.Length > _start ? 1 : 0);

    /// <summary>A datagram, without the line feed at its end.</summary>
    public ReadOnlyMemory<byte> this[int number]
    {
        get
        {
            int start = number == 0 ? 0 : _ends[number - 1];
            int end = number < _ends.Count ? _ends[number] : _lines.Length;
            return _lines.Written[start..(end - 1)];
        }
    }

    /// <summary>Whether a line of this length fits into the datagram that was begun.</summary>
    public bool Fits(int length) => _lines.Length - _start + length <= maxBytes;

    /// <summary>Adds a line.</summary>
    /// <param name="line">Without its end.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (!Fits(line.Length) && _lines.Length > _start)
        {
            _ends.Add(_lines.Length);
            _start = _lines.Length;
        }

        Span<byte> target = _lines.GetSpan(line.Length + 1);
        line.CopyTo(target);
        target[line.Length] = (byte)'\n';
        _lines.Advance(line.Length + 1);
    }

    public void Dispose() => _lines.Dispose();
}
