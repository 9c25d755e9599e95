using AuditHost.Faults.Model;
using AuditHost.Journal.Records;

namespace AuditHost.Faults.Damage;

/// <summary>Reads a log from end to end, as a lane does, and appends to it.</summary>
internal static class LogReading
{
    private const int PagesAtMost = 10_000;

    private static readonly byte[] NewEvent = "{\"event_id\":\"new\",\"event_type\":\"Test\"}"u8.ToArray();

    /// <summary>Every record must be as it was sent and come after the one before it.</summary>
    /// <param name="log">What is read.</param>
    /// <param name="page">Room for it.</param>
    /// <param name="events">What was sent.</param>
    /// <param name="appended">What <see cref="Append"/> gave; 0 for nothing.</param>
    /// <param name="visit">Gets the number of each.</param>
    public static void ReadAll(RecordLog log, RecordPage page, SampleEvents events, ulong appended, Action<ulong> visit)
    {
        int pages = 0;
        ulong last = 0;
        for (ulong from = 1; log.TryRead(from, page); from = page.NextSequence)
        {
            if (page.NextSequence < from || ++pages > PagesAtMost)
                throw new ModelViolationException("Reading does not move forward.");
            foreach (ref readonly RecordSlice record in page.Records)
            {
                bool sent = record.Sequence == appended ? page.PayloadOf(record).Span.SequenceEqual(NewEvent) : events.Matches(record.Sequence, page, record);
                if (!sent)
                    throw new ModelViolationException($"Event {record.Sequence} comes back as nobody sent it.");
                if (record.Sequence <= last)
                    throw new ModelViolationException($"Event {record.Sequence} comes after {last}.");
                last = record.Sequence;
                visit(last);
            }
        }
    }

    /// <summary>Appends an event that must get a certain number.</summary>
    public static void Append(RecordLog log, RecordPage page, ulong next)
    {
        FrameWriter frame = log.Begin(page);
        frame.AddEvent(NewEvent, 0);
        frame.End();
        log.Append(page);
        if (page.FirstSequence != next)
            throw new ModelViolationException($"The next event got {page.FirstSequence}, not {next}.");
    }
}
