using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Fakes;

/// <summary>A request's body, in arrays of its own or, where it is only counted, in pooled ones.</summary>
internal sealed class RequestBody(bool pooled) : IDisposable
{
    private const int SmallestArray = 4096;

    /// <summary>The most that a trailer's word for the length of what was compressed is believed.</summary>
    private const int LargestGuess = 64 << 20;

    private readonly List<byte[]> _arrays = [];

    /// <summary>The body as it came over the wire.</summary>
    public ReadOnlyMemory<byte> Raw { get; private set; }

    /// <summary>The body, decompressed.</summary>
    public ReadOnlyMemory<byte> Plain { get; private set; }

    public async Task ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Raw = await ReadToEndAsync(request.Body, (int)Math.Min(request.ContentLength + 1 ?? 0, LargestGuess), cancellationToken);
        Plain = Raw;
        if (request.Headers.ContentEncoding != "gzip")
            return;

        // The trailer of gzip ends with the length of what was compressed; it decides about no more than the size of the first array.
        int length = Raw.Length < sizeof(uint) ? 0 : (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(Raw.Span[^sizeof(uint)..]) + 1L, LargestGuess);
        using var source = new MemoryStream(_arrays[^1], 0, Raw.Length);
        await using var gzip = new GZipStream(source, CompressionMode.Decompress);
        Plain = await ReadToEndAsync(gzip, length, cancellationToken);
    }

    public void Dispose()
    {
        foreach (byte[] array in _arrays.Where(_ => pooled))
            ArrayPool<byte>.Shared.Return(array);
    }

    private async Task<ReadOnlyMemory<byte>> ReadToEndAsync(Stream stream, int expected, CancellationToken cancellationToken)
    {
        byte[] array = Make(Math.Max(expected, SmallestArray));
        int length = 0;
        while (await stream.ReadAsync(array.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length < array.Length)
                continue;
            byte[] larger = Make(array.Length * 2);
            array.CopyTo(larger, 0);
            array = larger;
        }

        return array.AsMemory(0, length);
    }

    private byte[] Make(int length)
    {
        byte[] array = pooled ? ArrayPool<byte>.Shared.Rent(length) : new byte[length];
        _arrays.Add(array);
        return array;
    }
}
