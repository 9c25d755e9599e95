using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AuditHost.Fakes.Teams;

/// <summary>
/// A workflow "Post to a channel when a webhook request is received". Its trigger looks at the signature and whether the body is JSON, and
/// answers 202. What is wrong with a card shows when the workflow runs, to nobody: it is noted here, and nothing is posted.
/// </summary>
public sealed class TeamsWorkflow(int port = 0) : FakeHttpServer(port)
{
    /// <summary>As Power Automate writes it, with a signature of every character that one may have.</summary>
    public const string Target = "/powerautomate/automations/direct/workflows/9d3f0c1e5b7a4d26/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=kZ-_8%7EpQ%2BrT%2d0vW%3D";

    private const int MaxMessageBytes = 28 << 10;

    private readonly ConcurrentQueue<TeamsCard> _cards = [];
    private long _cardCount;
    private long _runs;

    /// <summary>The address of the trigger. A text: as a Uri it would change.</summary>
    public string Webhook => Address.GetLeftPart(UriPartial.Authority) + Target;

    /// <summary>Whether the owner has left and the workflow went with them.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether somebody has switched it off.</summary>
    public bool IsOff { get; set; }

    public IReadOnlyList<TeamsCard> Cards => [.. _cards];

    public long CardCount => Volatile.Read(ref _cardCount);

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Method != "POST")
            return TriggerReply.Of(405, "MethodNotAllowed");
        if (IsDeleted)
            return TriggerReply.Of(404, "WorkflowNotFound", "The workflow could not be found.");
        if (request.Header("Authorization").Length > 0)
            return Refuse("a credential beside the signature", TriggerReply.Of(401, "DirectApiAuthorizationRequired", "The request must be authenticated only by Shared Access scheme."));
        if (request.Target != Target)
            return Refuse("another address than the workflow's", TriggerReply.Of(401, "AuthorizationFailed", "The authentication credentials are not valid."));
        if (IsOff)
            return TriggerReply.Of(400, "WorkflowTriggerIsNotEnabled", "Could not execute workflow trigger because the workflow is not enabled.");
        if (!MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out MediaTypeHeaderValue? type) || type.MediaType != "application/json" || Parse(request) is not { } message)
            return Refuse("a body that is no JSON object", TriggerReply.Of(400, "InvalidRequestContent", "The request content is not valid and could not be deserialized."));
        Run(message, request.Body.Length);
        return new FakeAnswer(202).With("x-ms-workflow-run-id", string.Create(CultureInfo.InvariantCulture, $"0858420000{Interlocked.Increment(ref _runs):D6}CU01"));
    }

    private static JsonElement? Parse(FakeRequest request)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the workflow does with the message after the trigger has answered.</summary>
    private void Run(JsonElement message, int bytes)
    {
        if (FaultOf(message, bytes) is { } fault)
        {
            Refuse($"a run that posts nothing: {fault}", new FakeAnswer(202));
            return;
        }

        foreach (JsonElement attachment in message.GetProperty("attachments").EnumerateArray())
        {
            Interlocked.Increment(ref _cardCount);
            if (Keeps)
                _cards.Enqueue(new TeamsCard(attachment.GetProperty("content"), bytes));
        }
    }

    private static string? FaultOf(JsonElement message, int bytes)
    {
        if (!message.TryGetProperty("type", out JsonElement type) || !type.ValueEquals("message"))
            return "type is not message";
        if (!message.TryGetProperty("attachments", out JsonElement attachments) || attachments.ValueKind != JsonValueKind.Array || attachments.GetArrayLength() == 0)
            return "no attachments";
        if (bytes > MaxMessageBytes)
            return "Request Entity too large";
        return attachments.EnumerateArray()
            .Select(attachment => attachment.TryGetProperty("contentType", out JsonElement contentType) && contentType.ValueEquals("application/vnd.microsoft.card.adaptive")
                ? AdaptiveCard.Fault(attachment.GetProperty("content"))
                : "an attachment that is no card")
            .FirstOrDefault(fault => fault is not null);
    }
}
