using System.IO.Compression;
using System.Security.Cryptography;
using AuditHost.PluginKit.Http;

namespace AuditHost.Tests.Webhook;

public sealed class HttpPayloadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpCompression.None)]
    [InlineData(HttpCompression.Gzip)]
    public async Task Media_type_and_length_are_known_beforehand(HttpCompression compression)
    {
        using HttpContent content = HttpPayload.Create("{}"u8.ToArray(), "application/json; charset=utf-8", compression);

        byte[] body = await content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal("application/json; charset=utf-8", content.Headers.ContentType!.ToString());
        Assert.Equal(body.Length, content.Headers.ContentLength);
        Assert.Equal(compression == HttpCompression.Gzip ? ["gzip"] : [], content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_plain_body_is_the_hosts_memory_itself()
    {
        byte[] memory = "before"u8.ToArray();
        using HttpContent content = HttpPayload.Create(memory, "text/plain");

        "after!"u8.CopyTo(memory);

        Assert.Equal("after!", await content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(1_048_576)]
    public async Task Even_what_does_not_compress_survives_compression(int length)
    {
        byte[] body = RandomNumberGenerator.GetBytes(length);
        using HttpContent content = HttpPayload.Create(body, "application/octet-stream", HttpCompression.Gzip);
        using var unpacked = new MemoryStream();

        await using (var gzip = new GZipStream(await content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress))
            await gzip.CopyToAsync(unpacked, Cancellation);

        Assert.Equal(body, unpacked.ToArray());
    }

    [Fact]
    public void A_compressed_body_can_be_disposed_of_twice()
    {
        HttpContent content = HttpPayload.Create("{}"u8.ToArray(), "application/json", HttpCompression.Gzip);

        content.Dispose();
        content.Dispose();
    }
}
