using System.Diagnostics.Tracing;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.WebSocket;

/// <summary>
/// Reads what the server says: one answer, an object, or a list of them. What names no id that waits is passed over, and so is everything
/// that is no answer at all: only an id in its place counts.
/// </summary>
internal sealed class AnswerReader(AnswerFields fields, AnsweredBatch answers, PluginContext context) : IDisposable
{
    private const int MaxReasonCharacters = 200;

    private readonly PooledBuffer _id = new(256);
    private bool _hasWarned;

    /// <summary>Takes a message of the server. Called for one message after the other.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        try
        {
            if (message.TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
                TakeList(message);
            else
                TakeOne(message);
        }
        catch (JsonException)
        {
            PassOver();
        }
    }

    public void Dispose() => _id.Dispose();

    private void TakeList(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        bool isEmpty = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            TakeOne(message[start..(int)reader.BytesConsumed]);
            isEmpty = false;
        }

        if (isEmpty)
            PassOver();
    }

    private void TakeOne(ReadOnlySpan<byte> answer)
    {
        EventValue refused = fields.Refusal.Find(answer);
        EventValue acknowledged = fields.Acknowledgement.Find(answer);
        if (fields.IsEcho(answer))
        {
            PassOver();
            return;
        }

        bool found = refused.HasValue && Settle(refused, Refusal(answer));
        if (acknowledged.HasValue)
            found |= Settle(acknowledged, Says(fields.Reason.Find(answer)) ? Refusal(answer) : DeliveryResult.Delivered);
        if (!found)
            PassOver();
    }

    private bool Settle(EventValue ids, DeliveryResult result)
    {
        if (ids.Kind != EventValueKind.Array)
            return SettleOne(ids, result);
        bool found = false;
        var reader = new Utf8JsonReader(ids.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
                found |= SettleOne(new EventValue(EventValueKind.String, reader.ValueSpan), result);
            else if (reader.TokenType == JsonTokenType.Number)
                found |= SettleOne(new EventValue(EventValueKind.Number, reader.ValueSpan), result);
            else
                reader.Skip();
        }

        return found;
    }

    private bool SettleOne(EventValue id, DeliveryResult result)
    {
        if (id.Kind is not (EventValueKind.String or EventValueKind.Number))
            return false;
        _id.Clear();
        id.WriteTo(_id);
        return answers.Answer(_id.Written.Span, result);
    }

    private DeliveryResult Refusal(ReadOnlySpan<byte> answer)
    {
        FailureKind kind = fields.Retry.Find(answer).Equals("true"u8) ? FailureKind.Transient : FailureKind.Rejected;
        EventValue said = fields.Reason.Find(answer);
        string? text = Says(said) ? ResponseText.Clean(Encoding.UTF8.GetBytes(said.ToString())) : null;
        string reason = text is null ? "The server refused it" : $"The server refused it: {(text.Length > MaxReasonCharacters ? text[..MaxReasonCharacters] : text)}";
        return DeliveryResult.Failed(kind, reason).WithResponse(null, ResponseText.Clean(answer[..Math.Min(answer.Length, DeliveryResult.MaxResponseBytes)]));
    }

    /// <summary>Whether a reason says anything: some servers have the field in every answer.</summary>
    private static bool Says(EventValue reason) => reason.HasValue && !reason.Raw.IsEmpty && !(reason.Kind == EventValueKind.Boolean && reason.Equals("false"u8));

    private void PassOver()
    {
        if (_hasWarned)
            return;
        _hasWarned = true;
        context.Log(
            EventLevel.Warning,
            $"The server says something that answers no event that waits. It is passed over, as is all of its kind. An answer has the ids in {fields.AcknowledgementName}; see acknowledgement_field.");
    }
}
