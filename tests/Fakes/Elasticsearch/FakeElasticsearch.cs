using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>
/// A node of Elasticsearch 9: <c>_bulk</c> with the rules of its manual page, templates, data streams with failure stores, searches that are really
/// evaluated, API keys and users with privileges.
/// </summary>
public sealed class FakeElasticsearch(int port = 0) : FakeHttpServer(port)
{
    /// <summary>An API key as the answer that creates one gives it, <c>encoded</c>.</summary>
    public const string ApiKey = "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==";

    /// <summary>The same, taken apart.</summary>
    public const string PlainApiKey = "VuaCfGcBCdbkQm-e5aOx:ui2lp2axTNmsyakw9tvNnw";

    public const string Username = "audithost";

    public const string Password = "correct horse";

    private static readonly HashSet<string> BulkParameters =
        ["pipeline", "refresh", "timeout", "require_data_stream", "require_alias", "filter_path", "routing", "wait_for_active_shards", "include_source_on_error", "list_executed_pipelines", "pretty", "human", "error_trace"];

    private static readonly HashSet<string> SearchParameters = ["ignore_unavailable", "allow_no_indices", "expand_wildcards", "filter_path", "fields"];

    private readonly ConcurrentDictionary<int, FakeAnswer> _countedAnswers = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FakeIndex> _indices = [];
    private readonly List<StoredDocument> _documents = [];
    private readonly List<StoredDocument> _failures = [];
    private readonly TemplateStore _templates = new();
    private long _eventCount;

    /// <summary>What the credentials may not do.</summary>
    public ElasticPrivileges Denied { get; set; }

    /// <summary>Whether a document makes the index that it goes to.</summary>
    public bool AutoCreates { get; set; } = true;

    /// <summary>rest.action.multi.allow_explicit_index.</summary>
    public bool AllowsExplicitIndex { get; set; } = true;

    /// <summary>Whether a text that no template speaks of gets a keyword below it, in indices that are made from now on.</summary>
    public bool TextsHaveKeywords { get; set; } = true;

    /// <summary>Whether it is so old that it does not know include_source_on_error.</summary>
    public bool IsOld { get; set; }

    /// <summary>Whether it says that it is Elasticsearch.</summary>
    public bool IsElastic { get; set; } = true;

    /// <summary>http.max_content_length, counted before compression.</summary>
    public int MaxContentLength { get; set; } = 100 << 20;

    /// <summary>The ingest pipelines; each takes documents as they are.</summary>
    public IReadOnlySet<string> Pipelines { get; set; } = new HashSet<string>();

    /// <summary>Decides about a document by its place in the request; <see langword="null"/> lets it through.</summary>
    public Func<int, ItemFault?>? FailItem { get; set; }

    /// <summary>What was taken, in order.</summary>
    public IReadOnlyList<StoredDocument> Documents
    {
        get
        {
            lock (_gate)
                return [.. _documents];
        }
    }

    /// <summary>What is in failure stores, in order.</summary>
    public IReadOnlyList<StoredDocument> Failures
    {
        get
        {
            lock (_gate)
                return [.. _failures];
        }
    }

    public IReadOnlyDictionary<string, JsonElement> Templates => _templates.Templates;

    public IReadOnlyDictionary<string, JsonElement> ComponentTemplates => _templates.Components;

    /// <summary>How many documents were taken, kept or not.</summary>
    public long EventCount => Volatile.Read(ref _eventCount);

    public bool IsDataStream(string name)
    {
        lock (_gate)
            return _indices.TryGetValue(name, out FakeIndex? index) && index.IsDataStream;
    }

    protected override FakeAnswer Answer(FakeRequest request)
    {
        FakeAnswer answer = CheckCredentials(request) ?? Route(request, Uri.UnescapeDataString(request.Path).Split('/', StringSplitOptions.RemoveEmptyEntries));
        if (request.Query.TryGetValue("filter_path", out var filters) && Keeps)
            answer = answer with { Body = Encoding.UTF8.GetBytes(FilterPath.Apply(Encoding.UTF8.GetString(answer.Body.Span), filters.ToString())) };
        return IsElastic ? answer.With("X-Elastic-Product", "Elasticsearch") : answer;
    }

    private FakeAnswer? CheckCredentials(FakeRequest request)
    {
        string authorization = request.Header("Authorization");
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));
        if (authorization == $"ApiKey {ApiKey}" || authorization == $"Basic {basic}")
            return null;
        string reason = authorization.Length == 0 ? $"missing authentication credentials for REST request [{request.Path}]" : "unable to authenticate with provided credentials";
        return Refuse("no credentials or wrong ones", ElasticReply.Error(401, "security_exception", reason).With("WWW-Authenticate", "ApiKey"));
    }

    private FakeAnswer Route(FakeRequest request, string[] path) => (request.Method, path) switch
    {
        ("GET", []) => Permitted(ElasticPrivileges.Monitor) ?? new FakeAnswer(200, """{"name":"fake","cluster_name":"fake","version":{"number":"9.1.0"},"tagline":"You Know, for Search"}"""),
        ("GET", ["_security", "_authenticate"]) => new FakeAnswer(200, """{"username":"audithost","enabled":true}"""),
        ("POST" or "PUT", ["_bulk"]) => TakeBulk(request, null),
        ("POST" or "PUT", [string index, "_bulk"]) => TakeBulk(request, index),
        ("PUT", ["_component_template", string name]) => PutTemplate(request, name, isComponent: true),
        ("PUT", ["_index_template", string name]) => PutTemplate(request, name, isComponent: false),
        ("POST" or "GET", [string target, "_search"]) => AskSearch(request, search => search.Search(target, request)),
        ("POST" or "GET", [string target, "_field_caps"]) => AskSearch(request, search => search.FieldCapabilities(target, request.Query["fields"].ToString())),
        _ => Refuse($"{request.Method} {request.Path} is no interface", new FakeAnswer(400, $$"""{"error":"no handler found for uri [{{request.Path}}] and method [{{request.Method}}]"}""")),
    };

    private FakeAnswer? Permitted(ElasticPrivileges privilege) => Denied.HasFlag(privilege)
        ? ElasticReply.Error(403, "security_exception", $"action is unauthorized for API key, this action is granted by the privileges [{privilege}]")
        : null;

    private FakeAnswer AskSearch(FakeRequest request, Func<SearchEndpoint, FakeAnswer> ask)
    {
        if (Permitted(ElasticPrivileges.Read) is { } refusal)
            return refusal;
        if (request.Query.Keys.FirstOrDefault(key => !SearchParameters.Contains(key)) is { } unknown)
            return Refuse("an unknown parameter", ElasticReply.Error(400, "illegal_argument_exception", $"request [{request.Path}] contains unrecognized parameter: [{unknown}]"));
        lock (_gate)
        {
            FakeAnswer answer = ask(new SearchEndpoint(_indices.Values));
            return answer.Status == 200 ? answer : Refuse(Encoding.UTF8.GetString(answer.Body.Span), answer);
        }
    }

    private FakeAnswer PutTemplate(FakeRequest request, string name, bool isComponent)
    {
        if (Permitted(ElasticPrivileges.ManageIndexTemplates) is { } refusal)
            return refusal;
        if (request.Header("Content-Type") != "application/json")
            return Refuse("a template that is no JSON", ElasticReply.Error(406, "media_type_header_exception", "Content-Type header is not supported"));
        JsonElement json = JsonDocument.Parse(request.Body).RootElement;
        lock (_gate)
        {
            (string Type, string Reason)? fault = isComponent ? _templates.PutComponent(name, json) : _templates.Put(name, json);
            return fault is { } wrong ? Refuse(wrong.Reason, ElasticReply.Error(400, wrong.Type, wrong.Reason)) : new FakeAnswer(200, """{"acknowledged":true}""");
        }
    }

    private FakeAnswer TakeBulk(FakeRequest request, string? target)
    {
        if (!Keeps)
            return Count(request.Body.Span);
        if (request.Body.Length > MaxContentLength)
            return Refuse("a body above http.max_content_length", new FakeAnswer(413));
        if (request.Header("Content-Type").Split(';')[0] is not ("application/x-ndjson" or "application/json"))
            return Refuse("another media type", ElasticReply.Error(406, "media_type_header_exception", $"Content-Type header [{request.Header("Content-Type")}] is not supported"));
        if (request.Query.Keys.FirstOrDefault(key => !BulkParameters.Contains(key) || (IsOld && key == "include_source_on_error")) is { } unknown)
            return Refuse("an unknown parameter", ElasticReply.Error(400, "illegal_argument_exception", $"request [{request.Path}] contains unrecognized parameter: [{unknown}]"));
        (List<BulkAction> actions, (string Type, string Reason)? fault) = BulkReader.Read(request.Body);
        if (fault is { } wrong)
            return Refuse(wrong.Reason, ElasticReply.Error(400, wrong.Type, wrong.Reason));
        if (actions.Exists(action => action.Index is null && target is null))
            return Refuse("a document without an index", ElasticReply.Error(400, "action_request_validation_exception", "Validation Failed: 1: index is missing;"));
        if (!AllowsExplicitIndex && actions.Exists(action => action.Index is not null))
            return ElasticReply.Error(400, "illegal_argument_exception", "explicit index in bulk is not allowed");
        lock (_gate)
            return TakeActions(actions, target, request);
    }

    /// <summary>For load: what came is counted and nothing else.</summary>
    private FakeAnswer Count(ReadOnlySpan<byte> body)
    {
        int count = body.Count((byte)'\n') / 2;
        Interlocked.Add(ref _eventCount, count);
        return _countedAnswers.GetOrAdd(count, static number => ElasticReply.Bulk(new ItemFault?[number]));
    }

    private FakeAnswer TakeActions(List<BulkAction> actions, string? target, FakeRequest request)
    {
        var items = new JsonArray();
        bool errors = false;
        for (int i = 0; i < actions.Count; i++)
        {
            BulkAction action = actions[i];
            string index = action.Index ?? target!;
            string id = action.Id ?? Guid.NewGuid().ToString("N");
            ItemFault outcome = FailItem?.Invoke(i) ?? Take(action, index, id, request);
            errors |= outcome.Type is not null;
            items.Add(outcome.ToItem(action.Name, index, id));
        }

        return new FakeAnswer(200, new JsonObject { ["took"] = 5, ["errors"] = errors, ["items"] = items }.ToJsonString());
    }

    private ItemFault Take(BulkAction action, string name, string id, FakeRequest request)
    {
        if (Denied.HasFlag(ElasticPrivileges.Write))
            return new ItemFault(403, "security_exception", "action [indices:data/write/bulk[s]] is unauthorized");
        if (IndexNameRules.Fault(name) is { } misnamed)
            return Refuse(new ItemFault(400, "invalid_index_name_exception", $"Invalid index name [{name}], {misnamed}"));
        if (request.Query.TryGetValue("pipeline", out var pipeline) && !Pipelines.Contains(pipeline.ToString()))
            return new ItemFault(400, "illegal_argument_exception", $"pipeline with id [{pipeline}] does not exist");
        FakeTemplate? template = _templates.For(name);
        if (!_indices.TryGetValue(name, out FakeIndex? index))
        {
            if (!AutoCreates)
                return new ItemFault(404, "index_not_found_exception", $"no such index [{name}]");
            index = new FakeIndex(name, template, TextsHaveKeywords);
        }

        if (request.Query["require_data_stream"] == "true" && !index.IsDataStream)
            return new ItemFault(404, "index_not_found_exception", $"no such index [{name}] and [require_data_stream] request flag is [true] and [{name}] is not a data stream");
        _indices[name] = index;
        if (action.Name != "create")
        {
            return index.IsDataStream
                ? Refuse(new ItemFault(400, "illegal_argument_exception", "only write ops with an op_type of create are allowed in data streams"))
                : throw new NotSupportedException($"The fake knows no {action.Name}.");
        }

        return Store(index, id, action.Source);
    }

    private ItemFault Store(FakeIndex index, string id, ReadOnlyMemory<byte> line)
    {
        JsonElement source = Parse(line);
        string? fault = source.ValueKind == JsonValueKind.Object ? index.Fault(source) : "failed to parse";
        if (fault is not null)
        {
            if (!index.HasFailureStore)
                return new ItemFault(400, "document_parsing_exception", fault, index.IsDataStream ? "not_enabled" : null);
            _failures.Add(new StoredDocument(index.Name, id, source, _failures.Count));
            return new ItemFault(201, FailureStore: "used");
        }

        var document = new StoredDocument(index.Name, id, source, index.Documents.Count);
        if (!index.Add(document))
            return new ItemFault(409, "version_conflict_engine_exception", $"[{id}]: version conflict, document already exists (current version [1])");
        _documents.Add(document);
        Interlocked.Increment(ref _eventCount);
        return new ItemFault(201);
    }

    private ItemFault Refuse(ItemFault fault)
    {
        Refuse(fault.Reason, new FakeAnswer(fault.Status));
        return fault;
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
