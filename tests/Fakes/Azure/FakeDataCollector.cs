using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditHost.Fakes.Azure;

/// <summary>
/// A workspace behind the HTTP Data Collector API. Written from its documentation ("Send log data to Azure Monitor by using the HTTP Data
/// Collector API": authorization, request headers, reserved properties, data limits, return codes); it computes the signature itself.
/// </summary>
/// <param name="time">Azure's clock; the machine's where none is given.</param>
/// <param name="port">Where to listen; 0 for any free port.</param>
public sealed partial class FakeDataCollector(TimeProvider? time = null, int port = 0) : FakeHttpServer(port)
{
    public const string Workspace = "b5a1c5de-6f13-4f1e-8e13-0c7ad1e5a2f7";

    private const int MaxBytes = 30 << 20;
    private const int MaxFieldBytes = 32 << 10;
    private const int MaxColumnName = 45;

    /// <summary>How far a request's date may be from Azure's clock.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);
    private static readonly string[] Reserved = ["tenant", "TimeGenerated", "RawData"];

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentQueue<JsonElement> _records = [];
    private long _recordCount;

    /// <summary>The workspace's primary key.</summary>
    public static string Key { get; } = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('k', 64)));

    /// <summary>What was taken, while <see cref="FakeHttpServer.Keeps"/> is set.</summary>
    public IReadOnlyList<JsonElement> Records => [.. _records];

    public long RecordCount => Volatile.Read(ref _recordCount);

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Path != "/api/logs")
            return Refuse("another path than the API has", new FakeAnswer(404));
        if (request.Method != "POST")
            return new FakeAnswer(405);
        if (request.Query["api-version"] != "2016-04-01")
            return Refuse("no api-version", Error(400, "InvalidApiVersion"));
        if (request.Header("Content-Type").Length == 0)
            return Refuse("no Content-Type", Error(400, "MissingContentType"));
        if (request.Header("Content-Type") != "application/json")
            return Refuse("another Content-Type than application/json", Error(400, "UnsupportedContentType"));
        if (request.Header("Content-Encoding").Length > 0)
            return Refuse("a compressed body", Error(400, "InvalidDataFormat"));
        if (request.Raw.Length > MaxBytes)
            return Refuse("a body above 30 MB", new FakeAnswer(404));
        if (CheckSignature(request) is { } forged)
            return Refuse(forged, Error(403, "InvalidAuthorization"));
        string logType = request.Header("Log-Type");
        if (logType.Length == 0)
            return Refuse("no Log-Type", Error(400, "MissingLogType"));
        return LogTypes().IsMatch(logType) ? Take(request) : Refuse("a Log-Type with other characters", Error(400, "InvalidLogType"));
    }

    private string? CheckSignature(FakeRequest request)
    {
        string date = request.Header("x-ms-date");
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset sent))
            return "no x-ms-date in RFC 1123";
        if ((_time.GetUtcNow() - sent).Duration() > Tolerance)
            return "an x-ms-date far from now";
        string text = string.Join('\n', "POST", request.Raw.Length.ToString(CultureInfo.InvariantCulture), request.Header("Content-Type"), $"x-ms-date:{date}", "/api/logs");
        using var hmac = new HMACSHA256(Convert.FromBase64String(Key));
        string signature = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(text)));
        return request.Header("Authorization") == $"SharedKey {Workspace}:{signature}" ? null : "a wrong signature";
    }

    private FakeAnswer Take(FakeRequest request)
    {
        try
        {
            if (!Keeps)
            {
                Interlocked.Add(ref _recordCount, JsonRows.Count(request.Body.Span) ?? 1);
                return new FakeAnswer(200);
            }

            using JsonDocument document = JsonDocument.Parse(request.Body);
            JsonElement root = document.RootElement;
            JsonElement[] records = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
            foreach (JsonElement record in records)
            {
                if (Fault(record) is { } fault)
                    return Refuse(fault, Error(400, "InvalidDataFormat"));
                if (record.TryGetProperty(request.Header("time-generated-field"), out JsonElement time) && !time.TryGetDateTimeOffset(out _))
                    Refuse("a time that is not ISO 8601", new FakeAnswer(200));
            }

            Interlocked.Add(ref _recordCount, records.Length);
            Array.ForEach(records, record => _records.Enqueue(record.Clone()));
            return new FakeAnswer(200);
        }
        catch (JsonException)
        {
            return Refuse("no JSON", Error(400, "InvalidDataFormat"));
        }
    }

    private static string? Fault(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
            return "a record that is no object";
        foreach (JsonProperty field in record.EnumerateObject())
        {
            if (Reserved.Contains(field.Name))
                return $"the reserved field {field.Name}";
            if (field.Name.Length > MaxColumnName || !FieldNames().IsMatch(field.Name))
                return $"a field {field.Name}, whose name is none";
            if (field.Value.GetRawText().Length > (2 * MaxFieldBytes))
                return $"a value of {field.Name} far above 32 KB";
        }

        return null;
    }

    private static FakeAnswer Error(int status, string error) => new(status, $$"""{"Error":"{{error}}","Message":"{{error}} as documented"}""");

    [GeneratedRegex("^[A-Za-z0-9_]{1,100}$")]
    private static partial Regex LogTypes();

    [GeneratedRegex("^[A-Za-z0-9_]+$")]
    private static partial Regex FieldNames();
}
