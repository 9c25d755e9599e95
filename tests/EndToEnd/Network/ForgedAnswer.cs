using System.Text;

namespace AuditHost.EndToEnd.Network;

/// <summary>What a <see cref="ChaosProxy"/> says in the receiver's place: never that it took anything.</summary>
internal static class ForgedAnswer
{
    private const int Headers = 100_000;

    /// <summary>More than any connector may read of an answer. One that reads on for ever is met by its deadline at the latest.</summary>
    private const int EndlessPieces = 100_000;

    /// <summary>A fatal alert, unexpected message (RFC 8446, sections 5.1 and 6).</summary>
    private static readonly byte[] TlsAlert = [21, 3, 3, 0, 2, 2, 10];

    /// <summary>What may stand before an answer any number of times.</summary>
    public static byte[] Continues { get; } =
        Bytes(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1000)) + "HTTP/1.1 102 Processing\r\nX-Step: 1\r\n\r\n");

    /// <returns>The answer in pieces; <see langword="null"/> where the kind of fault has none.</returns>
    public static IEnumerable<byte[]>? Of(FaultKind kind) => kind switch
    {
        FaultKind.Garbage => [Bytes("\0\u00ff\u0001 200 OK\n\n\r\n{}\u00fe")],
        FaultKind.TlsAlert => [TlsAlert],
        FaultKind.EarlyAnswer => [Bytes("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")],
        FaultKind.EndlessBody => Enumerable.Repeat(Bytes($"1000\r\n{new string('x', 0x1000)}\r\n"), EndlessPieces)
            .Prepend(Bytes("HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n")),
        FaultKind.ManyHeaders => Enumerable.Range(0, Headers).Chunk(1000)
            .Select(part => Bytes(string.Concat(part.Select(number => $"X-{number}: y\r\n"))))
            .Prepend(Bytes("HTTP/1.1 503 Busy\r\n")).Append(Bytes("Content-Length: 0\r\n\r\n")),
        _ => null,
    };

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
