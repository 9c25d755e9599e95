using System.Buffers;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Http;

/// <summary>
/// An answer whose body decides about the events. Read to its end, as long as that is not too far away: only a whole answer says
/// that something was delivered. Dispose of it when the result is made.
/// </summary>
public sealed class JsonAnswer : IDisposable
{
    private readonly JsonDocument? _document;
    private byte[]? _rented;

    private JsonAnswer(byte[] rented, int length, bool whole)
    {
        _rented = rented;
        Text = ResponseText.Clean(rented.AsSpan(0, Math.Min(length, DeliveryResult.MaxResponseBytes)));
        _document = whole ? Parse(rented.AsMemory(0, length)) : null;
    }

    /// <summary>The body; <see langword="null"/> where it is no JSON, or too long.</summary>
    public JsonElement? Root => _document?.RootElement;

    /// <summary>The beginning of the body on one line, for <see cref="DeliveryResult.WithResponse"/>.</summary>
    public string? Text { get; }

    /// <summary>Reads an answer.</summary>
    /// <param name="response">Its head; the body is still to be read.</param>
    /// <param name="maxBytes">The most of the body that is read. A longer one counts as no JSON.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">A success broke off: what it would have said is not known.</exception>
    public static async ValueTask<JsonAnswer> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        byte[] rented = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(response.Content.Headers.ContentLength ?? 4096, 4096, maxBytes));
        int length = 0;
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                if (length == rented.Length)
                {
                    if (length >= maxBytes)
                        return new JsonAnswer(rented, length, whole: false);
                    byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(length * 2, maxBytes));
                    rented.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(rented);
                    rented = larger;
                }

                int read = await body.ReadAsync(rented.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return new JsonAnswer(rented, length, whole: true);
                length += read;
            }
        }
        catch (Exception exception) when (!response.IsSuccessStatusCode && (exception is IOException or HttpRequestException))
        {
            // The status has decided already; the body only explains it.
            return new JsonAnswer(rented, length, whole: false);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw;
        }
    }

    /// <summary>A member of the root that is an integer; <see langword="null"/> where there is none.</summary>
    public int? Integer(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : null;

    /// <summary>A member of the root that is a text; <see langword="null"/> where there is none.</summary>
    public string? String(string name) => Find(name)?.TextOrNull();

    /// <summary>A member of the root; <see langword="null"/> where the root is no object or has none of this name.</summary>
    public JsonElement? Find(string name) => Root?.MemberOrNull(name);

    /// <inheritdoc/>
    public void Dispose()
    {
        _document?.Dispose();
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
