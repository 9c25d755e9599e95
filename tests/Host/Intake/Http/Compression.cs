using System.IO.Compression;
using System.Net;

namespace AuditHost.Tests.Intake.Http;

/// <summary>Compressed bodies, whole or made while they are sent.</summary>
internal static class Compression
{
    public static byte[] Compress(string encoding, byte[] bytes)
    {
        using var target = new MemoryStream();
        using (Stream stream = Open(encoding, target))
            stream.Write(bytes);
        return target.ToArray();
    }

    public static Stream Open(string encoding, Stream target) => encoding switch
    {
        "gzip" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
        "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
        _ => new ZstdSharp.CompressionStream(target, 3, leaveOpen: true),
    };

    /// <summary>Any number of zeros, compressed while they are sent.</summary>
    internal sealed class Bomb(string encoding, long size) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using Stream compressor = Open(encoding, stream);
            byte[] zeros = new byte[64 << 10];
            for (long sent = 0; sent < size; sent += zeros.Length)
                await compressor.WriteAsync(zeros);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
