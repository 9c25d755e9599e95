using AuditHost.Intake;
using AuditHost.Journal.Records;

namespace AuditHost.Journal;

/// <summary>Brings events back from disk into pooled blocks and parses them again.</summary>
internal sealed class BlockLoader(RecordLog log, BlockPool pool)
{
    private const int PageBytes = 256 << 10;

    /// <summary>The events from a sequence number on; <see langword="null"/> where it is still to come.</summary>
    public EventBlock? TryLoad(ulong sequence)
    {
        if (sequence >= log.NextSequence)
            return null;
        EventBlock block = pool.Rent(Math.Min(PageBytes, log.BytesOnDisk), sequence);
        try
        {
            if (log.TryRead(sequence, block.Page))
            {
                Parse(block);
                return block;
            }
        }
        catch
        {
            block.Release();
            throw;
        }

        block.Release();
        return null;
    }

    private void Parse(EventBlock block)
    {
        block.Begin(block.Page.FirstSequence);
        foreach (ref readonly RecordSlice record in block.Page.Records)
        {
            if (EventParser.TryParse(block.Page.PayloadOf(record).Span, out EventIndex index, out EventError? error))
            {
                block.Add(record, index);
                continue;
            }

            // Its check was right, so this is what was accepted: by a parser that knew better, or worse, than this one.
            log.Damage.Report(new DamageReport("journal", 0, record.Sequence, record.Sequence + 1, $"The stored event is no longer understood: {error!.Reason}"));
            if (block.Count > 0)
                return;
            block.Begin(record.Sequence + 1);
        }
    }
}
