using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditHost.Fakes.Loki;

/// <summary>
/// The push API of Grafana Loki 3, from its HTTP API's manual, its configuration reference (limits_config) and the wording of its errors. A
/// push with good and bad lines stores the good ones, throws the bad ones away and answers 400, as Loki does.
/// </summary>
/// <param name="time">Loki's clock; the machine's where none is given.</param>
/// <param name="port">Where to listen; 0 for any free port.</param>
public sealed partial class FakeLoki(TimeProvider? time = null, int port = 0) : FakeHttpServer(port)
{
    private const int MaxLabelNames = 15;
    private const int MaxLabelName = 1024;
    private const int MaxLabelValue = 2048;
    private const int MaxMetadataBytes = 64 << 10;
    private const int MaxMetadataEntries = 128;
    private const int MaxBodyBytes = 100 << 20;

    private static readonly TimeSpan MaxSampleAge = TimeSpan.FromDays(7);
    private static readonly TimeSpan GracePeriod = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, LokiStream> _streams = new(StringComparer.Ordinal);
    private readonly List<string> _errors = [];
    private long _lineCount;

    /// <summary>The tenants that exist; none listed means that Loki has no tenants (auth_enabled: false).</summary>
    public IReadOnlySet<string> Tenants { get; set; } = new HashSet<string>();

    /// <summary>max_line_size.</summary>
    public int MaxLineSize { get; set; } = 256 << 10;

    /// <summary>allow_structured_metadata.</summary>
    public bool AllowsMetadata { get; set; } = true;

    /// <summary>enforced_labels.</summary>
    public IReadOnlyList<string> EnforcedLabels { get; set; } = [];

    /// <summary>block_ingestion_status_code, while ingestion is blocked.</summary>
    public int? BlockedWith { get; set; }

    /// <summary>Whether the gateway in front keeps <c>/ready</c> from the world.</summary>
    public bool HidesReadiness { get; set; }

    public bool IsReady { get; set; } = true;

    /// <summary>What is stored, stream by stream, while <see cref="FakeHttpServer.Keeps"/> is set.</summary>
    public IReadOnlyList<LokiLine> Lines
    {
        get
        {
            lock (_gate)
                return [.. _streams.Values.SelectMany(stream => stream.Lines)];
        }
    }

    /// <summary>The labels of the streams that there are.</summary>
    public IReadOnlyList<string> Streams
    {
        get
        {
            lock (_gate)
                return [.. _streams.Keys];
        }
    }

    public long LineCount => Volatile.Read(ref _lineCount);

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Path == "/ready" && !HidesReadiness)
            return IsReady ? Text(200, "ready") : Text(503, "Ingester not ready: waiting for 15s after being ready");
        if (request.Path != "/loki/api/v1/push")
            return request.Method == "GET" ? Text(404, "404 page not found") : Refuse("a path that Loki does not have", Text(404, "404 page not found"));
        if (request.Method != "POST")
            return Text(405, string.Empty);
        string tenant = request.Header("X-Scope-OrgID");
        if (Tenants.Count > 0 && !Tenants.Contains(tenant))
            return Refuse(tenant.Length == 0 ? "no tenant" : "an unknown tenant", Text(401, "no org id"));
        if (request.Header("Content-Type") != "application/json")
            return Refuse("another Content-Type than application/json", Text(400, "couldn't parse push request: snappy: corrupt input"));
        if (request.Body.Length > MaxBodyBytes)
            return Refuse("a body above 100 MB", Text(413, "request body too large"));
        if (BlockedWith is { } status)
            return Text(status, status == 200 ? string.Empty : $"ingestion blocked for user {tenant} until '2027-01-01T00:00:00Z' with status code '{status}'");
        try
        {
            return Keeps ? Store(request.Body) : Count(request.Body.Span);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return Refuse("no push", Text(400, $"loghttp.PushRequest.Streams: {exception.GetType().Name}"));
        }
    }

    private FakeAnswer Store(ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = JsonDocument.Parse(body);

        // The whole push is read before anything of it is stored: what is no push leaves nothing.
        (string Labels, LokiLine[] Lines)[] pushed = [.. document.RootElement.GetProperty("streams").EnumerateArray().Select(Read)];
        if (pushed.Length == 0)
            return Refuse("no stream", Text(422, "error at least one valid stream is required for ingestion"));
        if (pushed.DistinctBy(stream => stream.Labels).Count() < pushed.Length)
            Refuse("labels twice in a push", Text(204, string.Empty));
        lock (_gate)
        {
            _errors.Clear();
            foreach ((string labels, LokiLine[] lines) in pushed)
                Store(labels, lines);
            return _errors.Count == 0 ? new FakeAnswer(204) : Refuse(_errors[0], Text(400, string.Join('\n', _errors.Distinct())));
        }
    }

    private void Store(string labels, LokiLine[] lines)
    {
        if (LabelError(labels) is { } error)
        {
            _errors.Add(error);
            return;
        }

        if (!_streams.TryGetValue(labels, out LokiStream? stream))
            stream = new LokiStream(labels);
        foreach (LokiLine line in lines)
        {
            if ((LineError(line) ?? stream.Add(line.Nanoseconds, line.Text, line.Metadata)) is { } refusal)
                _errors.Add(refusal);
        }

        if (stream.Lines.Count > 0)
            _streams[labels] = stream;
        _lineCount = _streams.Values.Sum(one => one.Lines.Count);
    }

    private static (string Labels, LokiLine[] Lines) Read(JsonElement stream)
    {
        string labels = $"{{{string.Join(", ", stream.GetProperty("stream").EnumerateObject().Select(label => $"{label.Name}={Quote(label.Value.GetString()!)}").Order(StringComparer.Ordinal))}}}";
        return (labels, [.. stream.GetProperty("values").EnumerateArray().Select(value => new LokiLine(
            labels,
            long.Parse(value[0].GetString()!, CultureInfo.InvariantCulture),
            value[1].GetString()!,
            value.GetArrayLength() > 2 ? value[2].EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!) : []))]);
    }

    private string? LabelError(string labels)
    {
        (string Name, string Value)[] all = [.. LabelPattern().Matches(labels).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
        if (all.Length == 0)
            return "error at least one label pair is required per stream";
        if (all.Length > MaxLabelNames)
            return $"entry for stream '{labels}' has {all.Length} label names; limit {MaxLabelNames}";
        foreach ((string name, string value) in all)
        {
            if (!LabelName().IsMatch(name))
                return $"Error parsing labels '{labels}' with error: 1:2: parse error";
            if (name.Length > MaxLabelName)
                return $"stream '{labels}' has label name too long: '{name}'";
            if (Encoding.UTF8.GetByteCount(value) > MaxLabelValue)
                return $"stream '{labels}' has label value too long: '{value}'";
        }

        if (all.DistinctBy(label => label.Name).Count() < all.Length)
            return $"stream '{labels}' has duplicate label name: '{all[0].Name}'";
        return EnforcedLabels.Except(all.Select(label => label.Name)).FirstOrDefault() is { } missing
            ? $"missing required labels {missing} for user fake for stream {labels}"
            : null;
    }

    private string? LineError(LokiLine line)
    {
        long now = (_time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100;
        if (line.Nanoseconds < now - (MaxSampleAge.Ticks * 100))
            return $"entry for stream '{line.Labels}' has timestamp too old: {line.Nanoseconds}, oldest acceptable timestamp is: {now - (MaxSampleAge.Ticks * 100)}";
        if (line.Nanoseconds > now + (GracePeriod.Ticks * 100))
            return $"entry for stream '{line.Labels}' has timestamp too new: {line.Nanoseconds}";
        int length = Encoding.UTF8.GetByteCount(line.Text);
        if (length > MaxLineSize)
            return $"Max entry size '{MaxLineSize}' bytes exceeded for stream '{line.Labels}' while adding an entry with length '{length}' bytes";
        if (line.Metadata.Count == 0)
            return null;
        if (!AllowsMetadata)
            return $"stream '{line.Labels}' includes structured metadata, but this feature is disallowed. Please see `limits_config.allow_structured_metadata` or contact your Loki administrator to enable it.";
        int bytes = line.Metadata.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + Encoding.UTF8.GetByteCount(member.Value));
        if (bytes > MaxMetadataBytes)
            return $"stream '{line.Labels}' has structured metadata too large: '{bytes}' bytes, limit: '{MaxMetadataBytes}' bytes.";
        return line.Metadata.Count > MaxMetadataEntries ? $"stream '{line.Labels}' has too many structured metadata labels: '{line.Metadata.Count}', limit: '{MaxMetadataEntries}'." : null;
    }

    /// <summary>Counts the lines: the arrays of the fifth level, below streams, a stream and its values.</summary>
    private FakeAnswer Count(ReadOnlySpan<byte> body)
    {
        const int LineDepth = 4;
        long lines = 0;
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == LineDepth)
                lines++;
        }

        Interlocked.Add(ref _lineCount, lines);
        return new FakeAnswer(204);
    }

    /// <summary>As Go quotes a text.</summary>
    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static FakeAnswer Text(int status, string text) => new(status, text, "text/plain; charset=utf-8");

    [GeneratedRegex("(?:^\\{|, )([^=]*)=\"((?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.Singleline)]
    private static partial Regex LabelPattern();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex LabelName();
}
