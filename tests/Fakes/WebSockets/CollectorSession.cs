using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.WebSockets;

/// <summary>A collector of events on one connection: takes events in envelopes or bare, and answers each message.</summary>
/// <param name="rules">What it wants.</param>
/// <param name="answer">Answers a message; what it takes counts as stored.</param>
public sealed class CollectorSession(CollectorRules rules, Func<CollectedMessage, CollectorAnswer> answer) : WebSocketSession
{
    /// <summary>Answers a message whose text alone is known, in place of all else; for load.</summary>
    public Action<int>? Counts { get; init; }

    /// <summary>Acknowledges a message by the rules.</summary>
    public static CollectorAnswer Acknowledge(CollectedMessage message, CollectorRules rules) =>
        CollectorAnswer.Acknowledge(rules.AcknowledgesBatches && message.Id.Length > 0 ? [message.Id] : message.EventIds);

    protected override byte[] Welcome(UpgradeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (rules.Refusal is { } refusal)
            return Encoding.ASCII.GetBytes(refusal);
        if (rules.Authorization is not null && request.Headers.GetValueOrDefault("Authorization") != rules.Authorization)
            return "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
        return request.Accept(rules.Subprotocol is not null && request.Subprotocols.Contains(rules.Subprotocol) ? rules.Subprotocol : null);
    }

    protected override void TakeMessage(ReadOnlySpan<byte> message, bool isText)
    {
        if (!isText && !rules.TakesBinary)
        {
            Close(1003);
            return;
        }

        if (Counts is not null)
        {
            AnswerQuickly(message);
            return;
        }

        CollectorAnswer said = answer(Read(message, isText));
        Output.Write(said.Frames.Span);
        if (said.Ends)
            BreakOff();
    }

    private CollectedMessage Read(ReadOnlySpan<byte> message, bool isText)
    {
        string text = Encoding.UTF8.GetString(message);
        JsonElement root;
        try
        {
            root = JsonElement.Parse(message, new JsonDocumentOptions { MaxDepth = 2000 });
        }
        catch (JsonException)
        {
            return new CollectedMessage(string.Empty, [], [], text, isText);
        }

        if (root.ValueKind == JsonValueKind.Array)
            return new CollectedMessage(string.Empty, [.. root.EnumerateArray().Select(IdOf)], [.. root.EnumerateArray().Select(one => one.GetRawText())], text, isText);
        if (root.TryGetProperty("events", out JsonElement events))
        {
            return new CollectedMessage(
                root.GetProperty("id").GetString()!,
                [.. events.EnumerateArray().Select(one => one.GetProperty("id").GetString()!)],
                [.. events.EnumerateArray().Select(one => one.GetProperty("event").GetRawText())],
                text,
                isText);
        }

        return root.TryGetProperty("event", out JsonElement one)
            ? new CollectedMessage(root.GetProperty("id").GetString()!, [root.GetProperty("id").GetString()!], [one.GetRawText()], text, isText)
            : new CollectedMessage(string.Empty, [IdOf(root)], [text], text, isText);
    }

    private string IdOf(JsonElement one) => one.TryGetProperty(rules.IdMember, out JsonElement id) ? id.ToString() : string.Empty;

    /// <summary>For load: acknowledges the id that stands first, and looks no further.</summary>
    private void AnswerQuickly(ReadOnlySpan<byte> message)
    {
        Span<byte> text = stackalloc byte[256];
        ReadOnlySpan<byte> id = message[(message.IndexOf((byte)':') + 1)..];
        id = id[..(id[1..].IndexOf((byte)'"') + 2)];
        "{\"ack\":"u8.CopyTo(text);
        id.CopyTo(text[7..]);
        text[7 + id.Length] = (byte)'}';
        ServerFrames.WriteText(Output, text[..(8 + id.Length)]);
        Counts!(1 + message.Count("},{\"id\":"u8));
    }
}
