using System.Text;
using AuditHost.PluginKit.Transport;

namespace AuditHost.Connectors.Fluentd;

/// <summary>What a server says (Forward protocol specification v1).</summary>
internal abstract record ServerMessage
{
    /// <summary>Takes the next message off a connection where it is there to its end; several may have come at once.</summary>
    /// <exception cref="IOException">What came is no message of the protocol.</exception>
    public static bool TryTake(AnsweredStream stream, out ServerMessage? message)
    {
        message = null;
        try
        {
            ReadOnlySpan<byte> received = stream.Received;
            if (!MessagePackReader.TryMeasure(received, out int length))
                return false;
            message = Read(received[..length]);
            stream.Consume(length);
            return true;
        }
        catch (InvalidDataException exception)
        {
            throw new IOException("The receiver answers otherwise than the Forward protocol has it. Is it a forward input?", exception);
        }
    }

    /// <summary>Waits for the next message.</summary>
    /// <exception cref="IOException">The connection broke, or what came is no message of the protocol.</exception>
    public static async ValueTask<ServerMessage> TakeAsync(AnsweredStream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(stream, out ServerMessage? message))
                return message!;
            await stream.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static ServerMessage Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        if (reader.ReadMapHeader() is { } pairs)
            return ReadAcknowledgement(ref reader, pairs);
        int? count = reader.ReadArrayHeader();
        if (count is null or 0)
            throw new InvalidDataException("Neither an array nor a map.");
        ReadOnlySpan<byte> name = reader.ReadBytes();
        if (name.SequenceEqual("HELO"u8) && count == 2)
            return ReadGreeting(ref reader);
        if (name.SequenceEqual("PONG"u8) && count == 5)
            return new PongMessage(reader.ReadBoolean(), Encoding.UTF8.GetString(reader.ReadBytes()), reader.ReadBytes().ToArray(), reader.ReadBytes().ToArray());
        throw new InvalidDataException("A message that servers do not send.");
    }

    private static AckMessage ReadAcknowledgement(ref MessagePackReader reader, int pairs)
    {
        string? id = null;
        for (; pairs > 0; pairs--)
        {
            if (reader.ReadBytes().SequenceEqual("ack"u8))
                id = Encoding.UTF8.GetString(reader.ReadBytes());
            else
                reader.Skip();
        }

        return id is null ? throw new InvalidDataException("A map without an ack.") : new AckMessage(id);
    }

    private static HeloMessage ReadGreeting(ref MessagePackReader reader)
    {
        byte[]? nonce = null;
        byte[] salt = [];
        bool keepsAlive = true;
        int pairs = reader.ReadMapHeader() ?? throw new InvalidDataException("A greeting without options.");
        for (; pairs > 0; pairs--)
        {
            ReadOnlySpan<byte> name = reader.ReadBytes();
            if (name.SequenceEqual("nonce"u8))
                nonce = reader.ReadBytes().ToArray();
            else if (name.SequenceEqual("auth"u8))
                salt = reader.ReadBytes().ToArray();
            else if (name.SequenceEqual("keepalive"u8))
                keepsAlive = reader.ReadBoolean();
            else
                reader.Skip();
        }

        return new HeloMessage(nonce ?? throw new InvalidDataException("A greeting without a nonce."), salt, keepsAlive);
    }
}
