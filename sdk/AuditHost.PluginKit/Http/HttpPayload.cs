using System.Net.Http.Headers;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Http;

/// <summary>Request bodies over the host's memory, with a length that is known beforehand.</summary>
public static class HttpPayload
{
    /// <summary>Makes a body of the given bytes, without copying them unless they are compressed.</summary>
    /// <param name="body">The bytes; they stay untouched until the request has ended.</param>
    /// <param name="contentType">Their media type, for instance <see cref="EventBatch.ContentType"/>.</param>
    /// <param name="compression">How to compress them.</param>
    public static HttpContent Create(ReadOnlyMemory<byte> body, string contentType, HttpCompression compression = HttpCompression.None)
    {
        HttpContent content = compression == HttpCompression.Gzip ? GzipContent.Compress(body) : new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (compression == HttpCompression.Gzip)
            content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
