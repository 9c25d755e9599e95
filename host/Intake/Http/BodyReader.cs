using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuditHost.Intake.Http;

/// <summary>Reads a request's body into memory, decompressed, and stops at the limits while it reads.</summary>
internal sealed class BodyReader(IntakeLimits limits)
{
    public async ValueTask ReadAsync(HttpRequest request, BodyBuffer body, CancellationToken cancellationToken)
    {
        ContentCoding coding = ContentCodings.Of(request.Headers.ContentEncoding);
        if (request.ContentLength > limits.MaxBodyBytes)
            throw TooLarge();

        // Kestrel counts the framing of chunks too and would refuse bodies that are within the limit.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } kestrel)
            kestrel.MaxRequestBodySize = null;
        if (coding == ContentCoding.Identity)
            await ReadPlainAsync(request.BodyReader, body, cancellationToken);
        else
            await ReadCompressedAsync(request.Body, coding, body, cancellationToken);
    }

    private async ValueTask ReadPlainAsync(PipeReader reader, BodyBuffer body, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> bytes = result.Buffer;
            if (body.Length + bytes.Length > limits.MaxBodyBytes)
            {
                reader.AdvanceTo(bytes.End);
                throw TooLarge();
            }

            foreach (ReadOnlyMemory<byte> part in bytes)
                body.Write(part.Span);
            reader.AdvanceTo(bytes.End);
            if (result.IsCompleted)
                return;
        }
    }

    private async ValueTask ReadCompressedAsync(Stream stream, ContentCoding coding, BodyBuffer body, CancellationToken cancellationToken)
    {
        await using var compressed = new CountingStream(stream, limits.MaxBodyBytes, TooLarge);
        await using Stream decoder = ContentCodings.Open(coding, compressed);
        while (true)
        {
            int read;
            try
            {
                read = await decoder.ReadAsync(body.GetMemory(), cancellationToken);
            }
            catch (Exception exception) when (ContentCodings.IsCorruption(exception))
            {
                throw new RefusedRequestException(Problems.BadBody(
                    $"The body is damaged or not in the encoding that Content-Encoding names ({ContentCodings.NameOf(coding)})."));
            }

            if (read == 0)
                return;
            body.Advance(read);
            if (body.Length > limits.MaxDecompressedBytes)
                throw new RefusedRequestException(Problems.TooLarge("The decompressed body", limits.MaxDecompressedBytes, IntakeLimits.DecompressedKey));
            if (body.Length > IntakeLimits.RatioFreeBytes && body.Length > IntakeLimits.MaxRatio * compressed.Count)
                throw new RefusedRequestException(Problems.TooDense());
        }
    }

    private RefusedRequestException TooLarge() =>
        new(Problems.TooLarge("The body", limits.MaxBodyBytes, IntakeLimits.BodyKey));
}
