using System.IO.Compression;

namespace AuditHost.Connectors.Gelf;

/// <summary>Compresses one message after the other into a buffer of its own.</summary>
internal sealed class MessageCompressor(GelfCompression compression) : IDisposable
{
    private readonly MemoryStream _target = new();

    /// <summary>The compressed message, valid until the next.</summary>
    public ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> message)
    {
        _target.SetLength(0);

        // Receivers tell zlib by its first two bytes, and many know only those of its usual level.
        using (Stream stream = compression == GelfCompression.Gzip
            ? new GZipStream(_target, CompressionLevel.Fastest, leaveOpen: true)
            : new ZLibStream(_target, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(message.Span);
        return _target.GetBuffer().AsMemory(0, (int)_target.Length);
    }

    public void Dispose() => _target.Dispose();
}
