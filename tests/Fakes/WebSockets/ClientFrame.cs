namespace AuditHost.Fakes.WebSockets;

/// <summary>A frame as a client sent it, unmasked. Its payload is valid until the next one is read.</summary>
/// <param name="Opcode">0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong.</param>
/// <param name="IsFinal">Whether it ends a message.</param>
/// <param name="Payload">What it carries.</param>
public readonly record struct ClientFrame(int Opcode, bool IsFinal, ReadOnlyMemory<byte> Payload)
{
    public bool IsControl => Opcode >= 8;
}
