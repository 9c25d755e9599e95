using System.Buffers;
using System.IO.Compression;

namespace AuditHost.PluginKit.Http;

/// <summary>
/// A compressed body in a pooled buffer. Compressed before it is sent: many receivers refuse a body without a length. Derived from
/// <see cref="ByteArrayContent"/>, whose body is always sent to the end before the request completes; so the buffer is free then.
/// </summary>
internal sealed class GzipContent : ByteArrayContent
{
    private byte[]? _rented;

    private GzipContent(byte[] rented, int length)
        : base(rented, 0, length)
    {
        _rented = rented;
    }

    public static GzipContent Compress(ReadOnlyMemory<byte> body)
    {
        // What does not compress grows by an eighth at worst at this level.
        byte[] rented = ArrayPool<byte>.Shared.Rent(body.Length + (body.Length / 8) + 256);
        var target = new MemoryStream(rented);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body.Span);
        return new GzipContent(rented, (int)target.Position);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _rented, null) is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
        base.Dispose(disposing);
    }
}
