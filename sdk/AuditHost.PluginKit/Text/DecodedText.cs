using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Text;

/// <summary>
/// The decoded text of a value for as long as it is needed: the received bytes themselves where they hold no escape, else a
/// pooled buffer. Use it in a <c>using</c> statement.
/// </summary>
public readonly ref struct DecodedText
{
    private readonly byte[]? _rented;

    /// <summary>Decodes a value; one that is missing has no text.</summary>
    public DecodedText(EventValue value)
    {
        if (value.IsEscaped)
        {
            _rented = ArrayPool<byte>.Shared.Rent(value.Raw.Length);
            Utf8 = _rented.AsSpan(0, value.CopyTo(_rented));
        }
        else
        {
            Utf8 = value.HasValue ? value.Raw : default;
        }
    }

    /// <summary>The text. Valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
