using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>One walk over an event's members. A member of the envelope that stands twice makes the event ambiguous, so it is refused.</summary>
internal ref struct EnvelopePass
{
    /// <summary>Room for the longest name of the envelope with every character escaped.</summary>
    private const int LongestName = 128;

    private uint _seen;
    private ulong _ranks;

    /// <summary>Walks through an event.</summary>
    /// <param name="cursor">Before the event. Where it has failed afterwards, the event is not valid JSON.</param>
    /// <param name="index">What is found.</param>
    /// <returns>What is wrong with the envelope; <see langword="null"/> where nothing is.</returns>
    public EventError? Run(ref JsonCursor cursor, ref EventIndex index)
    {
        EventError? error = null;
        Span<byte> decoded = stackalloc byte[LongestName];
        cursor.EnterObject();
        for (bool first = true; error is null && cursor.NextMember(ref first, out ReadOnlySpan<byte> raw, out bool escaped);)
        {
            ReadOnlySpan<byte> name = NameOf(raw, escaped, decoded);
            int start = cursor.Position;
            if (name.SequenceEqual("context"u8))
            {
                FieldRange range = cursor.IsAtObject ? RunContext(ref cursor, ref index, ref error) : cursor.ReadValue();
                Note(ref index, EventField.Context, range);
            }
            else if (EnvelopeNames.TryMatchTopLevel(name, out EventField field, out int rank))
            {
                FieldRange range = field == EventField.Payload && cursor.IsAtObject ? RunPayload(ref cursor, ref index) : cursor.ReadValue();
                Store(ref index, field, rank, range, start, ref error);
            }
            else
            {
                FieldRange range = cursor.ReadValue();
                if (EnvelopeNames.TryMatchChain(name, out field))
                    Note(ref index, field, range);
            }
        }

        return error;
    }

    /// <summary>Notes what is found by its path alone: there, the first of a name counts, whatever its kind.</summary>
    private static void Note(ref EventIndex index, EventField field, FieldRange range)
    {
        if (index[field].Kind == EventValueKind.Missing)
            index[field] = range;
    }

    private FieldRange RunContext(ref JsonCursor cursor, ref EventIndex index, ref EventError? error)
    {
        int start = cursor.Position;
        Span<byte> decoded = stackalloc byte[LongestName];
        cursor.EnterObject();
        for (bool first = true; error is null && cursor.NextMember(ref first, out ReadOnlySpan<byte> raw, out bool escaped);)
        {
            ReadOnlySpan<byte> name = NameOf(raw, escaped, decoded);
            if (EnvelopeNames.TryMatchContext(name, out EventField field))
            {
                int value = cursor.Position;
                Store(ref index, field, 0, cursor.ReadValue(), value, ref error);
            }
            else if (cursor.IsAtObject && name.SequenceEqual("environment"u8))
            {
                RunNested(ref cursor, ref index, "hostname"u8, EventField.Host, ref error);
            }
            else if (cursor.IsAtObject && name.SequenceEqual("security"u8))
            {
                RunNested(ref cursor, ref index, "classification"u8, EventField.Classification, ref error);
            }
            else
            {
                cursor.ReadValue();
            }
        }

        return new FieldRange(start, cursor.Position - start, EventValueKind.Object);
    }

    private void RunNested(ref JsonCursor cursor, ref EventIndex index, ReadOnlySpan<byte> wanted, EventField field, ref EventError? error)
    {
        Span<byte> decoded = stackalloc byte[LongestName];
        cursor.EnterObject();
        for (bool first = true; error is null && cursor.NextMember(ref first, out ReadOnlySpan<byte> raw, out bool escaped);)
        {
            int start = cursor.Position;
            FieldRange range = cursor.ReadValue();
            if (NameOf(raw, escaped, decoded).SequenceEqual(wanted))
                Store(ref index, field, 0, range, start, ref error);
        }
    }

    private static FieldRange RunPayload(ref JsonCursor cursor, ref EventIndex index)
    {
        int start = cursor.Position;
        Span<byte> decoded = stackalloc byte[LongestName];
        cursor.EnterObject();
        for (bool first = true; cursor.NextMember(ref first, out ReadOnlySpan<byte> raw, out bool escaped);)
        {
            FieldRange range = cursor.ReadValue();
            if (NameOf(raw, escaped, decoded).SequenceEqual("data"u8))
                Note(ref index, EventField.PayloadData, range);
        }

        return new FieldRange(start, cursor.Position - start, EventValueKind.Object);
    }

    private void Store(ref EventIndex index, EventField field, int rank, FieldRange range, int start, ref EventError? error)
    {
        uint seen = 1u << (int)field;
        int shift = (int)field * 4;
        if ((_seen & seen) != 0)
        {
            int previous = (int)(_ranks >> shift) & 0xF;
            if (previous == rank)
                error = new EventError(start, EnvelopeNames.PathOf(field), "The member stands twice in the event.");
            if (previous <= rank)
                return;
        }

        if (!EnvelopeNames.Accepts(field, range.Kind))
            return;
        _seen |= seen;
        _ranks = (_ranks & ~(0xFul << shift)) | ((ulong)rank << shift);
        index[field] = range;
    }

    /// <summary>The member's name; an escaped one is decoded, and one too long to be ours comes back as it stands.</summary>
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> raw, bool escaped, Span<byte> decoded) =>
        escaped && raw.Length <= decoded.Length ? decoded[..new EventValue(EventValueKind.String, raw).CopyTo(decoded)] : raw;
}
