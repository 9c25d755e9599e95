using System.Buffers;

namespace AuditHost.PluginKit.Http;

/// <summary>The body of an answer as bytes, in a pooled buffer, for protocols that are not JSON. <see cref="JsonAnswer"/> is for those that are.</summary>
public sealed class AnswerBody : IDisposable
{
    /// <summary>The most that is read. Receivers may send 4 MiB, but what an answer has to say takes a few lines.</summary>
    public const int MaxBytes = 1 << 20;

    private byte[] _rented;
    private int _length;

    private AnswerBody(int capacity) => _rented = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>What was read. Valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, _length);

    /// <summary>Whether there is more than is read.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the body of an answer.</summary>
    /// <param name="response">Its head; the body is still to be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">A success broke off: what it would have said is not known.</exception>
    public static async ValueTask<AnswerBody> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        var body = new AnswerBody((int)Math.Clamp(response.Content.Headers.ContentLength ?? 0, 1024, MaxBytes));
        try
        {
            await body.FillAsync(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return body;
        }
        catch (Exception exception) when (!response.IsSuccessStatusCode && (exception is IOException or HttpRequestException))
        {
            // The status has decided already; the body only explains it.
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rented.Length > 0)
            ArrayPool<byte>.Shared.Return(_rented);
        (_rented, _length) = ([], 0);
    }

    private async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _rented.Length && !TryGrow())
                return;
            int read = await stream.ReadAsync(_rented.AsMemory(_length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return;
            _length += read;
        }
    }

    private bool TryGrow()
    {
        IsTooLong = _length >= MaxBytes;
        if (IsTooLong)
            return false;
        byte[] larger = ArrayPool<byte>.Shared.Rent(_length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
        return true;
    }
}
