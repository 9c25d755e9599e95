using System.Globalization;
using System.Text;

namespace AuditHost.Load;

/// <summary>A body of JSON lines and the HTTP request around it, built once; only the ids change from one sending to the next.</summary>
internal sealed class EventBody
{
    private readonly byte[] _request;
    private readonly int _headLength;
    private readonly int[] _ids;

    public EventBody(Samples samples, int events)
    {
        var lines = new StringBuilder();
        for (int number = 0; number < events; number++)
            lines.Append(samples[number]).Append('\n');
        byte[] body = Encoding.UTF8.GetBytes(lines.ToString());
        byte[] head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\n\r\n"));
        _request = [.. head, .. body];
        _headLength = head.Length;
        _ids = new int[events];
        ReadOnlySpan<byte> placeholder = Encoding.ASCII.GetBytes(EventId.Placeholder);
        for (int number = 0, position = 0; number < events; number++)
        {
            position += _request.AsSpan(position).IndexOf(placeholder);
            _ids[number] = position;
            position += EventId.Length;
        }
    }

    public int Events => _ids.Length;

    public ReadOnlyMemory<byte> Request => _request;

    public ReadOnlyMemory<byte> Lines => _request.AsMemory(_headLength);

    /// <summary>Makes its events new ones.</summary>
    public void Stamp(long firstSequence, long time)
    {
        for (int number = 0; number < _ids.Length; number++)
            EventId.Write(_request.AsSpan(_ids[number], EventId.Length), time, firstSequence + number);
    }
}
