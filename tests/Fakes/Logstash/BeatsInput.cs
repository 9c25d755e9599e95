using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace AuditHost.Fakes.Logstash;

/// <summary>The beats input. What breaks a rule closes the connection and is noted; events count as taken when they are acknowledged.</summary>
public sealed class BeatsInput(X509Certificate2? certificate = null) : FakeStreamServer(certificate)
{
    private readonly ConcurrentQueue<BeatsManner> _manners = [];
    private readonly Channel<int> _windows = Channel.CreateUnbounded<int>();

    public LogstashIntake Intake { get; } = new();

    /// <summary>Treats the next windows in these manners, one after the other.</summary>
    public void TreatNext(params IEnumerable<BeatsManner> manners)
    {
        foreach (BeatsManner manner in manners)
            _manners.Enqueue(manner);
    }

    /// <summary>How many events the next window has that nobody has waited for, once all that its manner says is said.</summary>
    public ValueTask<int> NextAsync(CancellationToken cancellationToken) => _windows.Reader.ReadAsync(cancellationToken);

    /// <summary>An acknowledgement.</summary>
    public static byte[] Ack(int number)
    {
        byte[] ack = [(byte)'2', (byte)'A', 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(ack.AsSpan(2), number);
        return ack;
    }

    protected override async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        Intake.Keeps = Keeps;
        var reader = new LumberjackReader(stream);
        try
        {
            while (await reader.ReadAsync(cancellationToken) is { } window)
            {
                bool goesOn = await TreatAsync(stream, window, cancellationToken);
                _windows.Writer.TryWrite(window.Count);
                if (!goesOn)
                    return;
            }
        }
        catch (EndOfStreamException)
        {
            Break("The connection ended inside a window");
        }
        catch (FormatException exception)
        {
            Break(exception.Message);
        }
    }

    /// <returns>Whether the connection stays.</returns>
    private async Task<bool> TreatAsync(Stream stream, IReadOnlyList<ReadOnlyMemory<byte>> window, CancellationToken cancellationToken)
    {
        BeatsManner manner = _manners.TryDequeue(out BeatsManner wanted) ? wanted : BeatsManner.Acknowledges;
        int count = window.Count;
        int taken = manner switch
        {
            BeatsManner.Acknowledges or BeatsManner.EachForItself or BeatsManner.KeepsAliveFirst or BeatsManner.Stutters or BeatsManner.Repeats => count,
            BeatsManner.HalfThenCloses or BeatsManner.HalfThenSilent or BeatsManner.HalfThenTooMany or BeatsManner.HalfThenFewer => count / 2,
            _ => 0,
        };
        foreach (ReadOnlyMemory<byte> one in window.Take(taken))
            Intake.Take(one.Span);
        byte[] said = manner switch
        {
            BeatsManner.Acknowledges or BeatsManner.Stutters => Ack(count),
            BeatsManner.Repeats => [.. Ack(count), .. Ack(count)],
            BeatsManner.EachForItself => [.. Enumerable.Range(1, count).SelectMany(Ack)],
            BeatsManner.KeepsAliveFirst => [.. Ack(0), .. Ack(0), .. Ack(0), .. Ack(count), .. Ack(0)],
            BeatsManner.KeepsAlive => [.. Ack(0), .. Ack(0)],
            BeatsManner.HalfThenCloses or BeatsManner.HalfThenSilent => Ack(count / 2),
            BeatsManner.HalfThenTooMany => [.. Ack(count / 2), .. Ack(count + 1)],
            BeatsManner.HalfThenFewer => [.. Ack(count / 2), .. Ack((count / 2) - 1)],
            BeatsManner.TooMany => Ack(count + 1),
            BeatsManner.OtherVersion => [(byte)'1', .. Ack(count).Skip(1)],
            BeatsManner.OtherFrame => [(byte)'2', (byte)'W', .. Ack(count).Skip(2)],
            BeatsManner.BreaksOff => Ack(count)[..4],
            _ => [],
        };
        for (int start = 0; start < said.Length; start += manner == BeatsManner.Stutters ? 1 : said.Length)
            await stream.WriteAsync(manner == BeatsManner.Stutters ? said.AsMemory(start, 1) : said, cancellationToken);
        return manner is not (BeatsManner.Closes or BeatsManner.HalfThenCloses or BeatsManner.BreaksOff);
    }
}
