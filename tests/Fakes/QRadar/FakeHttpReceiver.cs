using System.Collections.Concurrent;

namespace AuditHost.Fakes.QRadar;

/// <summary>
/// A log source of the protocol HTTP Receiver, its parsing method "Event Per Line". It takes POST at any path; an event that is longer than the
/// payload it takes is split without a word, which stands under the violations.
/// </summary>
public sealed class FakeHttpReceiver : FakeHttpServer
{
    private readonly ConcurrentQueue<string> _events = [];
    private long _eventCount;

    /// <summary>"Authentication Token Header Name", empty where the log source uses none.</summary>
    public string TokenHeader { get; init; } = string.Empty;

    /// <summary>"Authentication Token Value".</summary>
    public string TokenValue { get; init; } = string.Empty;

    /// <summary>"Max Payload Length (Byte)".</summary>
    public int MaxPayloadBytes { get; init; } = 8192;

    /// <summary>"Max POST method Request Length", in bytes.</summary>
    public int MaxRequestBytes { get; init; } = 5 << 20;

    public IReadOnlyList<string> Events => [.. _events];

    public long EventCount => Volatile.Read(ref _eventCount);

    protected override FakeAnswer Answer(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Method != "POST")
            return new FakeAnswer(405);
        if (TokenHeader.Length > 0 && request.Header(TokenHeader) != TokenValue)
            return Refuse("The token is missing or wrong", new FakeAnswer(401));
        if (request.Header("Content-Encoding").Length > 0)
            return Refuse("A compressed body would become one event of garbage", new FakeAnswer(200));
        if (request.Body.Length > MaxRequestBytes)
            return Refuse($"A request of {request.Body.Length} bytes", new FakeAnswer(413));
        ReadOnlySpan<byte> body = request.Body.Span;
        int taken = 0;
        foreach (Range line in body.Split((byte)'\n'))
            taken += Take(body[line]);
        Interlocked.Add(ref _eventCount, taken);
        return new FakeAnswer(200);
    }

    private int Take(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return 0;
        if (line.Length > MaxPayloadBytes)
            Refuse($"An event of {line.Length} bytes is split", new FakeAnswer(200));
        if (Keeps)
            _events.Enqueue(System.Text.Encoding.UTF8.GetString(line));
        return 1;
    }
}
