using System.Buffers;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>Reads a body to its end, or as far as an honest one can go.</summary>
internal static class BoundedBody
{
    private const int FirstBytes = 1024;

    /// <param name="content">The body.</param>
    /// <param name="isSuccess">Whether it decides about the delivery: then one that breaks off is an exception, else what came is kept.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadAsync(
        HttpContent content, bool isSuccess, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(FirstBytes);
        try
        {
            Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (body.WrittenCount < ResponseText.MaxReadBytes)
            {
                int read = await stream.ReadAsync(body.GetMemory(FirstBytes), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return (body.WrittenMemory, true);
                body.Advance(read);
            }
        }
        catch (Exception exception) when (!isSuccess && (exception is IOException or HttpRequestException))
        {
            // The status has decided already; the body only explains it.
        }

        return (body.WrittenMemory, false);
    }
}
