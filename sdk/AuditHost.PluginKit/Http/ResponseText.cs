using System.Buffers;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Http;

/// <summary>Reads the beginning of an answer for receipts and dead letters. The peer decides neither how much is read nor what is kept.</summary>
public static class ResponseText
{
    /// <summary>How much is read. Short answers are read to their end, which lets the connection serve again.</summary>
    public const int MaxReadBytes = 64 * 1024;

    /// <summary>
    /// The first <see cref="DeliveryResult.MaxResponseBytes"/> bytes as text, on one line and without control characters;
    /// <see langword="null"/> where there is none. An answer that breaks off leaves what came before.
    /// </summary>
    public static async ValueTask<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        byte[] kept = ArrayPool<byte>.Shared.Rent(DeliveryResult.MaxResponseBytes);
        try
        {
            int length = await ReadAsync(content, kept.AsMemory(0, DeliveryResult.MaxResponseBytes), cancellationToken).ConfigureAwait(false);
            return Clean(kept.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(kept);
        }
    }

    /// <summary>The bytes as text in which control characters and line breaks are spaces.</summary>
    public static string? Clean(ReadOnlySpan<byte> utf8)
    {
        string text = Encoding.UTF8.GetString(utf8);
        string cleaned = string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
                target[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
        }).Trim();
        return cleaned.Length == 0 ? null : cleaned;
    }

    private static async ValueTask<int> ReadAsync(HttpContent content, Memory<byte> kept, CancellationToken cancellationToken)
    {
        byte[] surplus = ArrayPool<byte>.Shared.Rent(DeliveryResult.MaxResponseBytes);
        int total = 0;
        try
        {
            Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (total < MaxReadBytes)
            {
                Memory<byte> target = total < kept.Length ? kept[total..] : surplus;
                int read = await body.ReadAsync(target, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                total += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The status has decided already; the text only explains it.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(surplus);
        }

        return Math.Min(total, kept.Length);
    }
}
