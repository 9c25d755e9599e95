using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>One walk over an event's members. A member of the envelope that stands twice makes the event ambiguous, so it is refused.</summary>
internal ref struct EnvelopePass
{
    /// <summary>Room for the longest name of the envelope with every character escaped.</summary>
    private const int LongestName = 128;

    private uint _seen;
    private ulong _ranks;

    public bool Run(ref Utf8JsonReader reader, ref EventIndex index, [NotNullWhen(false)] out EventError? error)
    {
        Span<byte> decoded = stackalloc byte[LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = NameOf(in reader, decoded);
            if (name.SequenceEqual("context"u8))
            {
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                if (reader.TokenType != JsonTokenType.StartObject)
                    Note(ref index, EventField.Context, ReadValue(ref reader));
                else if (!RunContext(ref reader, ref index, out error))
                    return false;
                else
                    Note(ref index, EventField.Context, new FieldRange(start, (int)reader.BytesConsumed - start, EventValueKind.Object));
            }
            else if (EnvelopeNames.TryMatchTopLevel(name, out EventField field, out int rank))
            {
                reader.Read();
                long start = reader.TokenStartIndex;
                FieldRange range = field == EventField.Payload ? ReadPayload(ref reader, ref index) : ReadValue(ref reader);
                if (!Store(ref index, field, rank, range, start, out error))
                    return false;
            }
            else if (EnvelopeNames.TryMatchChain(name, out field))
            {
                reader.Read();
                Note(ref index, field, ReadValue(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        error = null;
        return true;
    }

    /// <summary>Notes what is found by its path alone: there, the first of a name counts, whatever its kind.</summary>
    private static void Note(ref EventIndex index, EventField field, FieldRange range)
    {
        if (index[field].Kind == EventValueKind.Missing)
            index[field] = range;
    }

    private bool RunContext(ref Utf8JsonReader reader, ref EventIndex index, [NotNullWhen(false)] out EventError? error)
    {
        Span<byte> decoded = stackalloc byte[LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = NameOf(in reader, decoded);
            bool found = EnvelopeNames.TryMatchContext(name, out EventField field);
            bool environment = name.SequenceEqual("environment"u8);
            bool security = name.SequenceEqual("security"u8);
            reader.Read();
            long start = reader.TokenStartIndex;
            if (found)
            {
                if (!Store(ref index, field, 0, ReadValue(ref reader), start, out error))
                    return false;
            }
            else if ((environment || security) && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadOnlySpan<byte> wanted = environment ? "hostname"u8 : "classification"u8;
                EventField nested = environment ? EventField.Host : EventField.Classification;
                if (!RunNested(ref reader, ref index, wanted, nested, out error))
                    return false;
            }
            else
            {
                reader.Skip();
            }
        }

        error = null;
        return true;
    }

    private bool RunNested(
        ref Utf8JsonReader reader, ref EventIndex index, ReadOnlySpan<byte> wanted, EventField field, [NotNullWhen(false)] out EventError? error)
    {
        Span<byte> decoded = stackalloc byte[LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = NameOf(in reader, decoded).SequenceEqual(wanted);
            reader.Read();
            long start = reader.TokenStartIndex;
            FieldRange range = ReadValue(ref reader);
            if (found && !Store(ref index, field, 0, range, start, out error))
                return false;
        }

        error = null;
        return true;
    }

    private static FieldRange ReadPayload(ref Utf8JsonReader reader, ref EventIndex index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return ReadValue(ref reader);
        int start = (int)reader.TokenStartIndex;
        Span<byte> decoded = stackalloc byte[LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool data = NameOf(in reader, decoded).SequenceEqual("data"u8);
            reader.Read();
            FieldRange range = ReadValue(ref reader);
            if (data)
                Note(ref index, EventField.PayloadData, range);
        }

        return new FieldRange(start, (int)reader.BytesConsumed - start, EventValueKind.Object);
    }

    private static FieldRange ReadValue(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        EventValueKind kind = reader.TokenType switch
        {
            JsonTokenType.String => EventValueKind.String,
            JsonTokenType.Number => EventValueKind.Number,
            JsonTokenType.True or JsonTokenType.False => EventValueKind.Boolean,
            JsonTokenType.StartObject => EventValueKind.Object,
            JsonTokenType.StartArray => EventValueKind.Array,
            _ => EventValueKind.Null,
        };
        if (kind == EventValueKind.String)
            return new FieldRange(start + 1, reader.ValueSpan.Length, kind);
        reader.Skip();
        return new FieldRange(start, (int)reader.BytesConsumed - start, kind);
    }

    private bool Store(
        ref EventIndex index, EventField field, int rank, FieldRange range, long start, [NotNullWhen(false)] out EventError? error)
    {
        error = null;
        uint seen = 1u << (int)field;
        int shift = (int)field * 4;
        if ((_seen & seen) != 0)
        {
            int previous = (int)(_ranks >> shift) & 0xF;
            if (previous == rank)
            {
                error = new EventError(start, EnvelopeNames.PathOf(field), "The member stands twice in the event.");
                return false;
            }

            if (previous < rank)
                return true;
        }

        if (!EnvelopeNames.Accepts(field, range.Kind))
            return true;
        _seen |= seen;
        _ranks = (_ranks & ~(0xFul << shift)) | ((ulong)rank << shift);
        index[field] = range;
        return true;
    }

    /// <summary>The member's name; an escaped one is decoded, and one too long to be ours comes back as it stands.</summary>
    private static ReadOnlySpan<byte> NameOf(in Utf8JsonReader reader, Span<byte> decoded)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        return reader.ValueIsEscaped && name.Length <= decoded.Length
            ? decoded[..new EventValue(EventValueKind.String, name).CopyTo(decoded)]
            : name;
    }
}
