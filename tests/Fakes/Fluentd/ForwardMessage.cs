using System.IO.Compression;
using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Fluentd;

/// <summary>A message of the modes PackedForward and CompressedPackedForward, read strictly by the Forward protocol specification v1.</summary>
/// <param name="Tag">The tag of all its events.</param>
/// <param name="Body">The events as they came.</param>
/// <param name="Size">How many events it says it has.</param>
/// <param name="Chunk">What it wants to be acknowledged by; <see langword="null"/> for not at all.</param>
/// <param name="IsCompressed">Whether <paramref name="Body"/> is gzip.</param>
/// <param name="Length">How many bytes the whole message has.</param>
public sealed record ForwardMessage(string Tag, ReadOnlyMemory<byte> Body, int? Size, string? Chunk, bool IsCompressed, int Length)
{
    /// <exception cref="EndOfStreamException">It is not there to its end.</exception>
    /// <exception cref="FormatException">It breaks a rule.</exception>
    public static ForwardMessage Read(MessagePackInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        int start = input.Position;
        int count = input.ReadArray();
        if (count is not (2 or 3))
            throw new FormatException($"A packed message has 2 or 3 elements, not {count}.");
        string tag = input.ReadString();
        if (tag.Length == 0)
            throw new FormatException("The tag is empty.");
        if ((input.Peek() & 0xF0) == 0x90)
            throw new FormatException("The mode Forward is not what this sender is meant to use.");
        ReadOnlyMemory<byte> body = input.ReadBinary();
        JsonObject option = count == 3 ? input.ReadValue() as JsonObject ?? throw new FormatException("The option is no map.") : [];
        foreach ((string name, JsonNode? value) in option)
            Check(name, value);
        return new ForwardMessage(tag, body, (int?)(long?)option["size"], (string?)option["chunk"], option.ContainsKey("compressed"), input.Position - start);
    }

    /// <summary>The events. Every rule about them is checked.</summary>
    /// <exception cref="FormatException">One breaks a rule.</exception>
    public IReadOnlyList<FluentEvent> ReadEvents()
    {
        var events = new List<FluentEvent>();
        var input = new MessagePackInput(IsCompressed ? Decompress() : Body);
        try
        {
            while (!input.IsAtEnd)
                events.Add(ReadEvent(input));
        }
        catch (EndOfStreamException exception)
        {
            throw new FormatException("The last event is cut off.", exception);
        }

        if (Size is { } size && size != events.Count)
            throw new FormatException($"The option says {size} events, there are {events.Count}.");
        return events;
    }

    /// <summary>The number of events, without a look at them.</summary>
    public int CountEvents()
    {
        int count = 0;
        for (var input = new MessagePackInput(IsCompressed ? Decompress() : Body); !input.IsAtEnd; count++)
            input.Skip();
        return count;
    }

    private static void Check(string name, JsonNode? value)
    {
        bool holds = name switch
        {
            "size" => value is JsonValue size && size.TryGetValue(out long number) && number > 0,
            "chunk" => value is JsonValue chunk && chunk.TryGetValue(out string? id) && IsId(id),
            "compressed" => value is JsonValue kind && kind.TryGetValue(out string? compression) && compression == "gzip",
            _ => false,
        };
        if (!holds)
            throw new FormatException($"The option '{name}' is not what the protocol has.");
    }

    private static bool IsId(string id)
    {
        byte[] bytes = new byte[16];
        return id.Length == 24 && Convert.TryFromBase64String(id, bytes, out int length) && length == 16;
    }

    private FluentEvent ReadEvent(MessagePackInput input)
    {
        if (input.ReadArray() != 2)
            throw new FormatException("An event has a time and a record.");
        (sbyte type, ulong time) = input.ReadExtension8();
        uint nanoseconds = (uint)time;
        if (type != 0 || nanoseconds >= 1_000_000_000)
            throw new FormatException($"Type {type} with {nanoseconds} ns is no EventTime.");
        JsonObject record = input.ReadValue() as JsonObject ?? throw new FormatException("A record is no map.");
        return new FluentEvent(Tag, (uint)(time >> 32), nanoseconds, record);
    }

    private byte[] Decompress()
    {
        using var plain = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Body.ToArray()), CompressionMode.Decompress);
            gzip.CopyTo(plain);
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException("The events are not gzip.", exception);
        }

        return plain.ToArray();
    }
}
