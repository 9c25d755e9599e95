using System.Text;

namespace AuditHost.Fakes.Fluentd;

/// <summary>Writes the few kinds of values that a server says.</summary>
public sealed class MessagePackOutput
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public MessagePackOutput Array(int count) => Raw((byte)(0x90 | count));

    public MessagePackOutput Map(int count) => Raw((byte)(0x80 | count));

    public MessagePackOutput Boolean(bool value) => Raw((byte)(value ? 0xC3 : 0xC2));

    public MessagePackOutput Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return utf8.Length < 32 ? Raw([(byte)(0xA0 | utf8.Length), .. utf8]) : Raw([0xD9, (byte)utf8.Length, .. utf8]);
    }

    /// <summary>Bytes under the header of binary data, or of text, as servers with an old MessagePack send them.</summary>
    public MessagePackOutput Bytes(byte[] bytes, bool asText) => asText ? Raw([(byte)(0xA0 | bytes.Length), .. bytes]) : Raw([0xC4, (byte)bytes.Length, .. bytes]);

    public MessagePackOutput Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }
}
