using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace AuditHost.Fakes.Logstash;

/// <summary>What the inputs of Logstash have in common: events as the JSON codec makes them. Logstash takes what is no JSON and tags it; here it is a broken rule.</summary>
public sealed class LogstashIntake
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConcurrentQueue<JsonElement> _events = [];
    private readonly Channel<JsonElement> _arrivals = Channel.CreateUnbounded<JsonElement>();
    private long _count;

    /// <summary>Whether events are kept; off for load, where only counts are wanted.</summary>
    public bool Keeps { get; set; } = true;

    /// <summary>The events taken, in order, while <see cref="Keeps"/> is set.</summary>
    public IReadOnlyList<JsonElement> Events => [.. _events];

    public long Count => Volatile.Read(ref _count);

    /// <summary>The next event that nobody has waited for.</summary>
    public ValueTask<JsonElement> NextAsync(CancellationToken cancellationToken) => _arrivals.Reader.ReadAsync(cancellationToken);

    public async Task<IReadOnlyList<JsonElement>> NextAsync(int count, CancellationToken cancellationToken)
    {
        var events = new List<JsonElement>(count);
        while (events.Count < count)
            events.Add(await NextAsync(cancellationToken));
        return events;
    }

    /// <summary>Takes an event.</summary>
    /// <exception cref="FormatException">It breaks a rule.</exception>
    public void Take(ReadOnlySpan<byte> json)
    {
        if (Keeps)
            Take(Parse(json));
        else
            Interlocked.Increment(ref _count);
    }

    /// <summary>Takes each element of an array.</summary>
    /// <exception cref="FormatException">It breaks a rule.</exception>
    public void TakeArray(ReadOnlySpan<byte> json)
    {
        if (!Keeps)
        {
            CountElements(json);
            return;
        }

        JsonElement array = Parse(json);
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
            throw new FormatException("The body is no array, or an empty one.");
        foreach (JsonElement one in array.EnumerateArray())
            Check(one);
        foreach (JsonElement one in array.EnumerateArray())
            Take(one);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonDocument.Parse(Strict.GetString(json), new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            throw new FormatException($"_jsonparsefailure: {exception.Message}", exception);
        }
    }

    private static void Check(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object)
            throw new FormatException("An event is no object.");
        if (!one.TryGetProperty("@timestamp", out JsonElement time) || time.ValueKind != JsonValueKind.String
            || !DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            throw new FormatException("_timestampparsefailure: '@timestamp' is missing or no time.");
        if (!one.TryGetProperty("@metadata", out JsonElement metadata) || metadata.ValueKind != JsonValueKind.Object
            || !metadata.TryGetProperty("beat", out _) || !metadata.TryGetProperty("version", out _))
            throw new FormatException("'@metadata' has no beat and version, by which usual pipelines name the index.");
    }

    private void Take(JsonElement one)
    {
        Check(one);
        Interlocked.Increment(ref _count);
        _events.Enqueue(one);
        _arrivals.Writer.TryWrite(one);
    }

    /// <summary>Counts the elements without making anything of them.</summary>
    private void CountElements(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            Interlocked.Increment(ref _count);
        }
    }
}
