using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AuditHost.Fakes.Slack;

/// <summary>
/// Slack: one incoming webhook, and of the Web API <c>chat.postMessage</c> and <c>auth.test</c>. It checks messages by the rules of Block Kit and
/// refuses them in the words of whichever of the two was asked.
/// </summary>
public sealed class SlackServer(int port = 0) : FakeHttpServer(port)
{
    public const string Token = "xoxb-263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1";
    public const string WebhookPath = "/services/T00000000/B00000000/q7hRkD2mWcYtXs9vLpZ3nB4a";

    private const int MaxText = 40_000;

    private static readonly HashSet<string> Channels = ["C0123456789", "#security-alerts", "security-alerts"];

    private readonly ConcurrentQueue<SlackMessage> _messages = [];
    private long _messageCount;

    /// <summary>Where the webhook is.</summary>
    public Uri Webhook => new(Address, WebhookPath);

    public Uri Api => new(Address, "/api");

    /// <summary>Whether somebody has archived the channel.</summary>
    public bool IsArchived { get; set; }

    /// <summary>Whether the app was taken off the workspace, with its webhook and its token.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>Whether the bot is a member of the channel.</summary>
    public bool IsMember { get; set; } = true;

    public IReadOnlyList<SlackMessage> Messages => [.. _messages];

    public long MessageCount => Volatile.Read(ref _messageCount);

    protected override FakeAnswer Answer(FakeRequest request) => (request.Method, request.Path) switch
    {
        ("POST", WebhookPath) => TakeByWebhook(request),
        (_, WebhookPath) => SlackReply.OfWebhook(405, "method_not_allowed"),
        ("POST", "/api/chat.postMessage") => TakeByApi(request),
        ("POST", "/api/auth.test") => FaultOfToken(request) is { } error
            ? SlackReply.OfApi(error)
            : new FakeAnswer(200, """{"ok":true,"url":"https://example.slack.com/","team":"Example","user":"audithost","team_id":"T00000000","user_id":"U00000000","bot_id":"B00000000"}"""),
        (_, var path) when path.StartsWith("/services/", StringComparison.Ordinal) => Refuse("a webhook that there is not", SlackReply.OfWebhook(404, "no_service")),
        _ => Refuse("a method that there is not", SlackReply.OfApi("unknown_method")),
    };

    private FakeAnswer TakeByWebhook(FakeRequest request)
    {
        if (IsRevoked)
            return SlackReply.OfWebhook(404, "no_service");
        if (IsArchived)
            return SlackReply.OfWebhook(410, "channel_is_archived");
        if (MediaTypeOf(request) != "application/json" || Parse(request) is not { } message)
            return Refuse("a body that is no JSON object", SlackReply.OfWebhook(400, "invalid_payload"));
        if (FaultOf(message) is { } fault)
            return Refuse($"{fault.Error}: {fault.Message}", SlackReply.OfWebhook(400, fault.Error));
        Post("the webhook's", message);
        return SlackReply.OfWebhook(200, "ok");
    }

    private FakeAnswer TakeByApi(FakeRequest request)
    {
        if (FaultOfToken(request) is { } error)
            return Refuse(error, SlackReply.OfApi(error));
        if (MediaTypeOf(request) != "application/json")
            return Refuse("a body that is no JSON", SlackReply.OfApi("invalid_form_data"));
        if (MediaTypeHeaderValue.Parse(request.Header("Content-Type")).CharSet is not "utf-8")
            return Refuse("JSON without its charset", SlackReply.OfApi("missing_charset"));
        if (Parse(request) is not { } message)
            return Refuse("a body that is no JSON object", SlackReply.OfApi("invalid_json"));
        if (!message.TryGetProperty("channel", out JsonElement channel) || channel.ValueKind != JsonValueKind.String || !Channels.Contains(channel.GetString()!))
            return Refuse("a channel that there is not", SlackReply.OfApi("channel_not_found"));
        if (IsArchived || !IsMember)
            return SlackReply.OfApi(IsArchived ? "is_archived" : "not_in_channel");
        if (FaultOf(message) is { } fault)
            return Refuse($"{fault.Error}: {fault.Message}", SlackReply.OfApi(fault.Error, fault.Message));
        long number = Post(channel.GetString()!, message);
        return new FakeAnswer(200, string.Create(
            CultureInfo.InvariantCulture, $$$"""{"ok":true,"channel":"C0123456789","ts":"1795464000.{{{number:D6}}}","message":{"type":"message","blocks":[]}}"""));
    }

    private string? FaultOfToken(FakeRequest request) => request.Header("Authorization") switch
    {
        "" => "not_authed",
        "Bearer " + Token => IsRevoked ? "token_revoked" : null,
        _ => "invalid_auth",
    };

    private static string? MediaTypeOf(FakeRequest request) =>
        MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out MediaTypeHeaderValue? type) ? type.MediaType : null;

    private static JsonElement? Parse(FakeRequest request)
    {
        try
        {
            // A member that stands there twice is an error here: two readers would take two different ones.
            using JsonDocument document = JsonDocument.Parse(request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string Error, string Message)? FaultOf(JsonElement message)
    {
        bool hasText = message.TryGetProperty("text", out JsonElement text);
        bool hasBlocks = message.TryGetProperty("blocks", out JsonElement blocks);
        bool hasAttachments = message.TryGetProperty("attachments", out JsonElement attachments);
        if (hasText && text.ValueKind != JsonValueKind.String)
            return ("invalid_arguments", "text must be a string");
        if (!hasBlocks && !hasAttachments && (!hasText || text.GetString()!.Length == 0))
            return ("no_text", "neither text nor blocks");
        if (hasText && text.GetString()!.Length > MaxText)
            return ("msg_too_long", "text is too long");
        if (hasAttachments && (attachments.ValueKind != JsonValueKind.Array || attachments.GetArrayLength() > 100))
            return ("too_many_attachments", "no more than 100");
        return (hasBlocks ? BlockKit.Fault(blocks) : null) ?? (message.TryGetProperty("metadata", out JsonElement metadata) ? FaultOfMetadata(metadata) : null);
    }

    /// <summary>"Using message metadata": texts, numbers and truth values, and objects of these.</summary>
    private static (string Error, string Message)? FaultOfMetadata(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty("event_type", out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !metadata.TryGetProperty("event_payload", out JsonElement payload) || payload.ValueKind != JsonValueKind.Object)
            return ("invalid_metadata_format", "event_type and event_payload are required");
        return payload.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            ? null
            : ("invalid_metadata_schema", "a value that is neither text, number nor boolean");
    }

    private long Post(string channel, JsonElement message)
    {
        if (Keeps)
            _messages.Enqueue(new SlackMessage(channel, message));
        return Interlocked.Increment(ref _messageCount);
    }
}
