using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.OpsGenie;

/// <summary>
/// The alert API of OpsGenie, or of its successor Jira Service Management: keys, shapes and limits, one open alert for an alias, requests that are
/// queued and told of later, throttling.
/// </summary>
/// <param name="isSuccessor">Whether it is Jira Service Management's.</param>
/// <param name="port">Where to listen; 0 for any free port.</param>
public sealed class AlertApi(bool isSuccessor, int port = 0) : FakeHttpServer(port)
{
    /// <summary>The key of an API integration.</summary>
    public const string Key = "eb243592-faa2-4ba2-a551-1afdf565c889";

    /// <summary>A key of the account, which cannot open alerts.</summary>
    public const string AccountKey = "0f3c1d5e-7b2a-4c6d-8e9f-a1b2c3d4e5f6";

    public const string CloudId = "11223344-a1b2-3b33-c444-def123456789";
    public const string Account = "ops@example.com";
    public const string Token = "atlassian-token-77";

    private readonly AlertRules _rules = new(isSuccessor);
    private readonly string _alerts = isSuccessor ? "/jsm/ops/integration/v2/alerts" : "/v2/alerts";
    private readonly List<OpsGenieAlert> _opened = [];
    private readonly ConcurrentDictionary<string, ProcessedRequest> _processed = new();
    private readonly ConcurrentQueue<string> _dropped = [];
    private long _requestsTaken;
    private int _inThisMinute;

    public int RequestsPerMinute { get; set; } = int.MaxValue;

    /// <summary>Whether requests are taken, and delayed.</summary>
    public bool IsSlowed { get; set; }

    /// <summary>How many questions about a request are answered with "not yet".</summary>
    public int PollsUntilProcessed { get; set; }

    /// <summary>What goes wrong with whatever opens an alert when it is processed.</summary>
    public string? Fails { get; set; }

    /// <summary>All alerts in the order of their opening, closed ones too.</summary>
    public IReadOnlyList<OpsGenieAlert> Alerts
    {
        get
        {
            lock (_opened)
                return [.. _opened];
        }
    }

    /// <summary>What was queued and dropped, because no alert was open under its alias.</summary>
    public IReadOnlyList<string> Dropped => [.. _dropped];

    public long RequestsTaken => Volatile.Read(ref _requestsTaken);

    public void LetMinutePass() => Volatile.Write(ref _inThisMinute, 0);

    /// <summary>An answer in the vendor's form.</summary>
    public static FakeAnswer Say(int status, string message, string further = "") =>
        new FakeAnswer(status, $$"""{"message":{{JsonSerializer.Serialize(message)}}{{further}},"took":0.001,"requestId":"{{Guid.NewGuid()}}"}""");

    public static FakeAnswer Throttled(int seconds = 60) => Say(429, "You are making too many requests! To avoid errors, we recommend that you limit the number of requests.")
        .With("X-RateLimit-State", "THROTTLED")
        .With("X-RateLimit-Reason", "ACCOUNT")
        .With("X-RateLimit-Period-In-Sec", seconds.ToString(CultureInfo.InvariantCulture));

    protected override FakeAnswer Answer(FakeRequest request)
    {
        bool asksAccount = isSuccessor && request.Path.StartsWith("/jsm/ops/api/", StringComparison.Ordinal);
        if ((asksAccount ? CheckAccount(request) : CheckKey(request)) is { } refusal)
            return refusal;
        if (Interlocked.Increment(ref _inThisMinute) > RequestsPerMinute)
            return Throttled();
        if (request.Method == "GET" && RequestIn(request.Path) is { } id)
            return TellOf(id);
        if (request.Path != _alerts && !request.Path.StartsWith(_alerts + "/", StringComparison.Ordinal))
            return Refuse("a path that the API does not have", Say(404, "Resource not found"));
        if (request.Method != "POST")
            return Refuse("a method that the API does not have", Say(405, "Method not allowed"));
        if (!request.Header("Content-Type").StartsWith("application/json", StringComparison.Ordinal))
            return Refuse("a media type other than JSON", Say(415, "Unsupported media type"));
        if (Parse(request.Body) is not { ValueKind: JsonValueKind.Object } body)
            return Refuse("no JSON object", Say(400, "Could not parse request body"));
        return request.Path == _alerts ? Create(body) : Act(request, body);
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private FakeAnswer? CheckKey(FakeRequest request)
    {
        string authorization = request.Header("Authorization");
        if (!authorization.StartsWith("GenieKey ", StringComparison.Ordinal))
            return Refuse("no key", Say(401, "Could not authenticate"));
        return authorization[9..] switch
        {
            Key => null,
            AccountKey => Refuse("a key of the account", Say(403, "To perform this action, use an API key from an API integration.", ",\"code\":40301")),
            var key when !Guid.TryParse(key, out _) => Refuse("a key that is none", Say(422, "Key format is not valid!")),
            _ => Refuse("an unknown key", Say(401, "Could not authenticate")),
        };
    }

    private FakeAnswer? CheckAccount(FakeRequest request) =>
        request.Header("Authorization") == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{Token}"))}"
            ? null
            : Refuse("an unknown account", new FakeAnswer(401, """{"code":401,"message":"Unauthorized"}"""));

    private string? RequestIn(string path)
    {
        string before = isSuccessor ? $"/jsm/ops/api/{CloudId}/v1/alerts/requests/" : "/v2/alerts/requests/";
        return path.StartsWith(before, StringComparison.Ordinal) ? path[before.Length..] : null;
    }

    private FakeAnswer TellOf(string id)
    {
        if (!_processed.TryGetValue(id, out ProcessedRequest? request) || request.Asked++ < PollsUntilProcessed)
            return Say(404, "Request not found. It might not be processed, yet.");
        string told = JsonSerializer.Serialize(new
        {
            action = request.Action,
            processedAt = "2026-11-23T20:00:00.100Z",
            integrationId = "i-1",
            isSuccess = request.IsSuccess,
            status = request.Status,
            alertId = "a-1",
            alias = request.Alias,
        });
        return new FakeAnswer(200, isSuccessor ? told : $$"""{"data":{{told}},"took":0.006,"requestId":"{{Guid.NewGuid()}}"}""");
    }

    private FakeAnswer Create(JsonElement body)
    {
        string[] faults = [.. _rules.FaultsOfAlert(body)];
        if (faults.Length > 0)
            return Unprocessable(faults);
        string alias = (body.TryGetProperty("alias", out JsonElement own) ? own : body.GetProperty("message")).GetString()!;
        if (Fails is not null)
            return Queue(new ProcessedRequest("Create", IsSuccess: false, Fails, alias));
        if (Keeps)
        {
            lock (_opened)
            {
                if (_opened.Find(alert => alert.Alias == alias && !alert.IsClosed) is { } open)
                    open.Count++;
                else
                    _opened.Add(new OpsGenieAlert(alias, body));
            }
        }

        return Queue(new ProcessedRequest("Create", IsSuccess: true, "Created alert", alias));
    }

    private FakeAnswer Act(FakeRequest request, JsonElement body)
    {
        string[] steps = request.Path[(_alerts.Length + 1)..].Split('/');
        if (steps is not [_, "close" or "acknowledge"])
            return Refuse("a path that the API does not have", Say(404, "Resource not found"));
        string[] faults = [.. AlertRules.FaultsOfAction(body)];
        if (faults.Length > 0)
            return Unprocessable(faults);
        (string alias, string action) = (Uri.UnescapeDataString(steps[0]), steps[1]);
        if (!Keeps)
            return Queue(new ProcessedRequest(action, IsSuccess: true, $"Alert {action}d", alias));
        lock (_opened)
        {
            // Without identifierType it would be an alert's id, and nobody but the vendor knows that.
            OpsGenieAlert? open = request.Query["identifierType"] == "alias" ? _opened.Find(alert => alert.Alias == alias && !alert.IsClosed) : null;
            if (open is null)
            {
                _dropped.Enqueue($"{action} {alias}");
                return Queue(new ProcessedRequest(action, IsSuccess: false, "Alert does not exist", alias));
            }

            open.IsClosed = action == "close";
            open.IsAcknowledged |= action == "acknowledge";
            if (body.TryGetProperty("note", out JsonElement note))
                open.Notes.Add(note.GetString()!);
        }

        return Queue(new ProcessedRequest(action, IsSuccess: true, $"Alert {action}d", alias));
    }

    private FakeAnswer Unprocessable(string[] faults) => Refuse(string.Join("; ", faults), Say(
        422, "Request body is not processable. Please check the errors.", $",\"errors\":{JsonSerializer.Serialize(faults)}"));

    private FakeAnswer Queue(ProcessedRequest processed)
    {
        Interlocked.Increment(ref _requestsTaken);
        string id = Guid.NewGuid().ToString();
        if (Keeps)
            _processed[id] = processed;
        return new FakeAnswer(202, $$"""{"result":"Request will be processed","took":0.302,"requestId":"{{id}}"}""")
            .With("X-RateLimit-State", IsSlowed ? "THROTTLED" : "OK");
    }
}
