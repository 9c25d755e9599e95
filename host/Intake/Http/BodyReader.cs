using System.IO.Compression;
using AuditHost.Configuration.Options;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>Reads a body into one pooled buffer, decompressed. The limits hold while it is read, so a bomb costs no more than they allow.</summary>
internal static class BodyReader
{
    /// <summary>A body may unpack to so many times its size, once it is past the first megabyte.</summary>
    private const int MaxRatio = 100;
    private const int FreeBytes = 1 << 20;
    private const int ChunkBytes = 64 << 10;

    public static async ValueTask ReadAsync(HttpRequest request, HttpListenerOptions options, PooledBuffer target, CancellationToken cancellationToken)
    {
        if (request.ContentLength > options.MaxBodyBytes)
            throw TooLargeBody(options);
        var counted = new CountingStream(request.Body, options.MaxBodyBytes, () => TooLargeBody(options));
        Stream body = Decompress(request.Headers.ContentEncoding.ToString(), counted);
        await using (body.ConfigureAwait(false))
        {
            try
            {
                while (true)
                {
                    int read = await body.ReadAsync(target.GetMemory(ChunkBytes), cancellationToken).ConfigureAwait(false);
                    if (read == 0)
                        return;
                    target.Advance(read);
                    if (target.Length > options.MaxDecompressedBytes)
                        throw IntakeException.TooLarge($"The body unpacks to more than {options.MaxDecompressedBytes} bytes (host.http.max_decompressed_bytes).");
                    if (target.Length > FreeBytes && target.Length / MaxRatio > counted.Count)
                        throw IntakeException.TooLarge($"The body unpacks to more than {MaxRatio} times its size.");
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or ZstdSharp.ZstdException)
            {
                throw IntakeException.Bad($"The body is not valid {request.Headers.ContentEncoding}: {exception.Message}");
            }
        }
    }

    private static Stream Decompress(string encoding, Stream body) => encoding.Trim().ToLowerInvariant() switch
    {
        "" or "identity" => body,
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "zstd" => new ZstdSharp.DecompressionStream(body),
        _ => throw IntakeException.Unsupported($"Content-Encoding '{encoding}' is not taken; one of gzip, br and zstd is, or none."),
    };

    private static IntakeException TooLargeBody(HttpListenerOptions options) =>
        IntakeException.TooLarge($"The body is larger than {options.MaxBodyBytes} bytes (host.http.max_body_bytes).");
}
