namespace AuditHost.PluginKit.Protobuf;

/// <summary>Reads the fields of a protobuf message one after the other. Groups, which proto3 does not have, end it as broken.</summary>
public ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Its value, if it is an integer.</summary>
    public ulong? Integer { get; private set; }

    /// <summary>Its value, if it is a text or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether it is a text or a message.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>Whether the message is not what protobuf allows. Nothing of it counts then.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Goes to the next field.</summary>
    public bool Read()
    {
        Integer = null;
        HasBytes = false;
        Bytes = default;
        if (_rest.IsEmpty || IsBroken)
            return false;
        IsBroken = !TryReadField();
        return !IsBroken;
    }

    private bool TryReadField()
    {
        if (!TryReadVarint(out ulong tag) || tag >> 3 is 0 or > (1 << 29) - 1)
            return false;
        Field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                bool read = TryReadVarint(out ulong integer);
                Integer = integer;
                return read;
            case 1:
                return TryTake(sizeof(ulong), out _);
            case 2:
                if (!TryReadVarint(out ulong length) || !TryTake(length, out ReadOnlySpan<byte> bytes))
                    return false;
                HasBytes = true;
                Bytes = bytes;
                return true;
            case 5:
                return TryTake(sizeof(uint), out _);
            default:
                return false;
        }
    }

    private bool TryTake(ulong length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > (ulong)_rest.Length)
            return false;
        bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int index = 0; index < Math.Min(_rest.Length, 10); index++)
        {
            value |= (ulong)(_rest[index] & 0x7F) << (7 * index);
            if (_rest[index] < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
