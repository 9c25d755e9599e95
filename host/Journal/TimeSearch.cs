namespace AuditHost.Journal;

/// <summary>Finds events by the time of their acceptance. Times rise with sequence numbers as far as the machine's clock does.</summary>
internal static class TimeSearch
{
    /// <returns>The first sequence number accepted at or after a time; the next one to be given where there is none.</returns>
    public static ulong FindByTime(this EventJournal journal, DateTimeOffset time)
    {
        (ulong low, ulong high) = (journal.FirstSequence, journal.NextSequence);
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            EventBlock? block = journal.TryRead(middle);
            if (block is null)
                return high;
            try
            {
                // A block may begin later where events are gone; then it speaks for them.
                ulong found = Math.Max(middle, block.FirstSequence);
                if (block.Count == 0 || block[(int)(found - block.FirstSequence)].ReceivedAt >= time)
                    high = middle;
                else
                    low = found + 1;
            }
            finally
            {
                block.Release();
            }
        }

        return low;
    }
}
