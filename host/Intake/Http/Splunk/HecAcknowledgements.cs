using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http.Splunk;

/// <summary>
/// The ids of requests that came over a channel. An answer is given once its events are durable, so every id that was ever given away is
/// acknowledged; one that was not is none.
/// </summary>
internal sealed class HecAcknowledgements
{
    private const int MaxIds = 10_000;

    private long _given;

    /// <summary>The id of the next request.</summary>
    public long Next() => Interlocked.Increment(ref _given) - 1;

    /// <summary>The channel of a request; <see langword="null"/> where it has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isValid">Whether the channel is a GUID, or there is none.</param>
    public static string? ChannelOf(HttpRequest request, out bool isValid)
    {
        string channel = request.Headers["X-Splunk-Request-Channel"].ToString();
        if (channel.Length == 0)
            channel = request.Query["channel"].ToString();
        isValid = channel.Length == 0 || Guid.TryParse(channel, out _);
        return channel.Length == 0 ? null : channel;
    }

    /// <summary>Answers a question of the form <c>{"acks":[1,2]}</c>.</summary>
    /// <returns>Whether it is one.</returns>
    public bool TryAnswer(ReadOnlySpan<byte> question, BodyBuffer answer)
    {
        var reader = new Utf8JsonReader(question);
        try
        {
            if (!JsonElement.TryParseValue(ref reader, out JsonElement? root) || reader.Read() || root is not { ValueKind: JsonValueKind.Object } asked
                || !asked.TryGetProperty("acks"u8, out JsonElement ids) || ids.ValueKind != JsonValueKind.Array || ids.GetArrayLength() > MaxIds)
                return false;
            long given = Volatile.Read(ref _given);
            using var json = new Utf8JsonWriter(answer);
            json.WriteStartObject();
            json.WriteStartObject("acks"u8);
            foreach (JsonElement id in ids.EnumerateArray())
            {
                if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out long number))
                    return false;
                json.WriteBoolean(id.GetRawText(), number >= 0 && number < given);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
