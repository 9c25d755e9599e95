using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Web;

namespace AuditHost.Fakes.Azure;

/// <summary>
/// A data collection rule's endpoint of the Logs Ingestion API, and the token endpoint of the tenant that it trusts. Written from Azure Monitor's
/// documentation ("Logs Ingestion API in Azure Monitor", its troubleshooting page, service limits). Like Azure it takes what is no array
/// with 204 and stores nothing of it, and drops columns that the stream does not declare without a word; either is noted as a violation.
/// </summary>
public sealed class FakeLogsIngestion(int port = 0) : FakeHttpServer(port)
{
    public const string TenantId = "7d9f0c1e-3b7a-4a56-9d0e-1f5b1f2c8a11";
    public const string ClientId = "3f0e6c52-8f6a-4a1c-9c55-0b8f3a1d2e44";
    public const string ClientSecret = "Q~fake-client-secret-0d7c";
    public const string Token = "eyJ0eXAiOiJKV1QifQ.fake-monitor-token";
    public const string Rule = "dcr-0123456789abcdef0123456789abcdef";
    public const string Stream = "Custom-Audit";

    /// <summary>Azure counts a megabyte so, both compressed and uncompressed.</summary>
    public const int MaxBytes = 1 << 20;

    private const int MaxFieldBytes = 64 << 10;

    private readonly ConcurrentQueue<JsonElement> _rows = [];
    private long _rowCount;
    private int _requestsLeft = int.MaxValue;

    /// <summary>The columns that the stream declares.</summary>
    public IReadOnlySet<string> Columns { get; set; } = new HashSet<string>
    {
        "TimeGenerated", "EventId", "EventType", "EventSeverity", "EventSource", "UserName", "HostName", "OperationId", "ParentOperationId",
        "Classification", "ComplianceProfiles", "Metadata", "IntegrityHash", "PreviousHash", "Details", "RawEvent", "IsTruncated",
    };

    /// <summary>Whether the application has the role Monitoring Metrics Publisher on the rule.</summary>
    public bool HasRole { get; set; } = true;

    /// <summary>What the stream took, with the columns that it declares, while <see cref="FakeHttpServer.Keeps"/> is set.</summary>
    public IReadOnlyList<JsonElement> Rows => [.. _rows];

    public long RowCount => Volatile.Read(ref _rowCount);

    /// <summary>How many requests the rule takes before it asks for a pause.</summary>
    public void ThrottleAfter(int requests) => _requestsLeft = requests;

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Method == "POST" && request.Path == $"/{TenantId}/oauth2/v2.0/token")
            return GiveToken(request);
        if (request.Header("Authorization") != $"Bearer {Token}")
            return Refuse("no token, or another one", Error(401, "InvalidToken", "The token is missing or is not valid."));
        if (request.Method != "POST" || !request.Path.StartsWith("/dataCollectionRules/", StringComparison.Ordinal))
            return Refuse("another method or path than the API has", Error(404, "NotFound", "Resource not found."));
        if (request.Query["api-version"] != "2023-01-01")
            return Refuse("no api-version", Error(400, "InvalidApiVersion", "The api-version is missing or is not supported."));
        string[] path = request.Path.Split('/');
        if (path is not ["", "dataCollectionRules", _, "streams", _] || path[2] != Rule)
            return Refuse("an unknown rule", Error(404, "NotFound", "Data collection rule with immutable Id not found."));
        if (path[4] != Stream)
            return Refuse("an unknown stream", Error(400, "InvalidStream", $"The stream {path[4]} was not configured in the data collection rule."));
        if (!HasRole)
            return Refuse("an application without the role", Error(403, "OperationFailed", $"The authentication token provided does not have access to ingest data for the data collection rule with immutable Id '{Rule}' PipelineAccessResult: AccessGranted: False, IsRbacPresent: False, IsDcrDceBindingValid: , DcrArmId: x, Message: Required authorization action was not found."));
        return Take(request);
    }

    private FakeAnswer Take(FakeRequest request)
    {
        if (Interlocked.Decrement(ref _requestsLeft) < 0)
            return Error(429, "TooManyRequests", "The rule takes no more requests for now.").With("Retry-After", "17");
        if (request.Raw.Length > MaxBytes || request.Body.Length > MaxBytes)
            return Refuse("a body above 1 MB", Error(413, "ContentLengthLimitExceeded", $"Maximum allowed content length of {MaxBytes} bytes (1 MB) exceeded. Provided content length is: {request.Body.Length}."));
        if (request.Header("Content-Type").Split(';')[0] != "application/json")
            return Refuse("another media type than JSON", Error(415, "UnsupportedMediaType", "Expected application/json."));
        if (!Guid.TryParse(request.Header("x-ms-client-request-id"), out _) && request.Headers.ContainsKey("x-ms-client-request-id"))
            return Refuse("a request id that is no GUID", Error(400, "InvalidRequestId", "x-ms-client-request-id is no GUID."));
        try
        {
            return Keeps ? Store(request.Body) : Count(request.Body.Span);
        }
        catch (JsonException)
        {
            return Refuse("no JSON", Error(400, "InvalidPayload", "Unable to parse the request body as JSON."));
        }
    }

    private FakeAnswer Store(ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            return Refuse("JSON that is no array", new FakeAnswer(204));
        foreach (JsonElement row in document.RootElement.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Object)
                return Refuse("a row that is no object", Error(400, "InvalidPayload", "Each record must be an object."));
            _rows.Enqueue(Keep(row));
            Interlocked.Increment(ref _rowCount);
        }

        return new FakeAnswer(204);
    }

    private JsonElement Keep(JsonElement row)
    {
        var kept = new Dictionary<string, JsonElement>();
        foreach (JsonProperty column in row.EnumerateObject())
        {
            if (!Columns.Contains(column.Name))
                Refuse($"a column {column.Name}, which the stream does not declare", new FakeAnswer(204));
            else if (Encoding.UTF8.GetByteCount(TextOf(column.Value)) > MaxFieldBytes)
                Refuse($"a value of {column.Name} above 64 KB", new FakeAnswer(204));
            else if (!kept.TryAdd(column.Name, column.Value.Clone()))
                Refuse($"the column {column.Name} twice", new FakeAnswer(204));
        }

        if (!kept.TryGetValue("TimeGenerated", out JsonElement time) || time.ValueKind != JsonValueKind.String || !time.TryGetDateTimeOffset(out _))
            Refuse("a row without TimeGenerated", new FakeAnswer(204));
        return JsonSerializer.SerializeToElement(kept);
    }

    private FakeAnswer Count(ReadOnlySpan<byte> body)
    {
        if (JsonRows.Count(body) is not { } rows)
            return Refuse("JSON that is no array", new FakeAnswer(204));
        Interlocked.Add(ref _rowCount, rows);
        return new FakeAnswer(204);
    }

    /// <summary>Microsoft Entra's token endpoint, "Get a token: first case, access token request with a shared secret".</summary>
    private FakeAnswer GiveToken(FakeRequest request)
    {
        System.Collections.Specialized.NameValueCollection form = HttpUtility.ParseQueryString(request.Text);
        if (form["grant_type"] != "client_credentials")
            return Refuse("another grant than client_credentials", new FakeAnswer(400, """{"error":"unsupported_grant_type"}"""));
        if (form["scope"] != "https://monitor.azure.com/.default")
            return Refuse("a token for something else", new FakeAnswer(400, """{"error":"invalid_scope"}"""));
        string basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{HttpUtility.UrlEncode(ClientSecret)}"))}";
        bool known = (form["client_id"] == ClientId && form["client_secret"] == ClientSecret) || request.Header("Authorization") == basic;
        return known
            ? new FakeAnswer(200, $$"""{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"{{Token}}"}""")
            : Refuse("an unknown client", new FakeAnswer(401, """{"error":"invalid_client"}"""));
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static FakeAnswer Error(int status, string code, string message) =>
        new(status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");
}
