using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>Finds the events of a body and parses each once. Every bad one is noted, so that its sender can mend them all at once.</summary>
internal sealed class EventReader(IntakeBatch batch, int maxEventBytes)
{
    private const int MaxListed = 100;

    private readonly List<BadEvent> _errors = [];
    private int _index;
    private int _bad;

    /// <summary>Reads one event per line; blank lines are passed over.</summary>
    public void ReadLines(ReadOnlyMemory<byte> body)
    {
        for (int line = 1; !body.IsEmpty; line++)
        {
            int end = body.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> text = (end < 0 ? body : body[..end]).Trim(" \t\r"u8);
            body = end < 0 ? default : body[(end + 1)..];
            if (!text.IsEmpty)
                Take(text, line);
        }

        Finish();
    }

    /// <summary>Reads one event, or an array of them.</summary>
    public void ReadDocument(ReadOnlyMemory<byte> body)
    {
        ReadOnlyMemory<byte> text = body.Trim(" \t\r\n"u8);
        if (text.Span is [(byte)'[', ..])
            ReadArray(body);
        else
            Take(text, 1);
        Finish();
    }

    private void ReadArray(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = EventParser.MaxDepth + 1 });
        long line = 1;
        int counted = 0;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                line += body.Span[counted..start].Count((byte)'\n');
                counted = start;
                Take(body[start..(int)reader.BytesConsumed], (int)line);
            }

            reader.Read();
        }
        catch (JsonException exception)
        {
            // Behind this place it cannot be told where events begin, so this is the last that is said.
            Note((int)(exception.LineNumber ?? 0) + 1, "$", $"The array is not valid JSON: {EventParser.FirstSentence(exception.Message)}");
        }
    }

    private void Take(ReadOnlyMemory<byte> json, int line)
    {
        if (json.Length > maxEventBytes)
            throw IntakeException.TooLarge($"Event {_index} on line {line} has {json.Length} bytes; at most {maxEventBytes} are taken (host.http.max_event_bytes).");
        if (EventParser.TryParse(json.Span, out EventIndex index, out EventError? error))
        {
            batch.Add(json, index);
            _index++;
        }
        else
        {
            int within = (int)Math.Min(error!.Offset, json.Length);
            Note(line + json.Span[..within].Count((byte)'\n'), error.Path, error.Reason);
        }
    }

    private void Note(int line, string path, string reason)
    {
        if (_bad++ < MaxListed)
            _errors.Add(new BadEvent(_index, line, path, reason));
        _index++;
    }

    private void Finish()
    {
        if (_bad > 0)
            throw new IntakeException(
                StatusCodes.Status400BadRequest, "Bad events", $"{_bad} of {_index} events cannot be taken, so none was. Mend them and send all again.", _errors)
            {
                ErrorCount = _bad,
            };
        if (_index == 0)
            throw IntakeException.Bad("The body holds no event.");
    }
}
