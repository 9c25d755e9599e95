using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace AuditHost.Intake.Http;

/// <summary>The encodings that a body may come in; one layer of one of them.</summary>
internal static class ContentCodings
{
    public const string Supported = "gzip, br, zstd";

    /// <summary>The window that RFC 9659 has senders stay within: 8 MiB, which bounds what a frame can make us allocate.</summary>
    private const int ZstandardWindowLog = 23;

    private const int ZstandardBufferSize = 16 << 10;

    /// <exception cref="RefusedRequestException">The encoding is not known, or there are several.</exception>
    public static ContentCoding Of(StringValues contentEncoding) => contentEncoding switch
    {
        [] or [null or ""] => ContentCoding.Identity,
        [{ } name] => name.ToLowerInvariant() switch
        {
            "identity" => ContentCoding.Identity,
            "gzip" or "x-gzip" => ContentCoding.Gzip,
            "br" => ContentCoding.Brotli,
            "zstd" => ContentCoding.Zstandard,
            _ => throw new RefusedRequestException(Problems.UnsupportedEncoding(name)),
        },
        _ => throw new RefusedRequestException(Problems.UnsupportedEncoding(contentEncoding.ToString())),
    };

    public static Stream Open(ContentCoding coding, Stream compressed) => coding switch
    {
        ContentCoding.Gzip => new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true),
        ContentCoding.Brotli => new BrotliStream(compressed, CompressionMode.Decompress, leaveOpen: true),
        ContentCoding.Zstandard => OpenZstandard(compressed),
        _ => throw new ArgumentOutOfRangeException(nameof(coding)),
    };

    public static string NameOf(ContentCoding coding) => coding switch
    {
        ContentCoding.Gzip => "gzip",
        ContentCoding.Brotli => "br",
        ContentCoding.Zstandard => "zstd",
        _ => "identity",
    };

    /// <summary>Whether a decoder's exception says that its input is damaged or cut off.</summary>
    public static bool IsCorruption(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or ZstdException or InvalidOperationException;

    private static DecompressionStream OpenZstandard(Stream compressed)
    {
        var stream = new DecompressionStream(compressed, ZstandardBufferSize, checkEndOfStream: true, leaveOpen: true);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, ZstandardWindowLog);
        return stream;
    }
}
