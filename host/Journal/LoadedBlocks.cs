namespace AuditHost.Journal;

/// <summary>
/// The blocks that were read from disk and are still held by somebody. Lanes that lag by as much, as those of destinations that went away
/// together do, read and parse one and the same block instead of one each. It holds none itself, so that it takes no memory.
/// </summary>
internal sealed class LoadedBlocks
{
    private readonly Lock _gate = new();
    private readonly List<EventBlock> _blocks = [];

    /// <summary>Finds the block that holds an event; the caller has a reference to it.</summary>
    public EventBlock? TryGet(ulong sequence)
    {
        lock (_gate)
        {
            foreach (EventBlock block in _blocks)
            {
                if (block.FirstSequence <= sequence && sequence < block.NextSequence && block.TryAddReference())
                    return block;
            }

            return null;
        }
    }

    /// <summary>Makes a block known to others from now until nobody holds it. Nothing is added to it any more.</summary>
    public EventBlock Share(EventBlock block)
    {
        lock (_gate)
        {
            _blocks.Add(block);
            block.SharedBy = this;
        }

        return block;
    }

    /// <summary>Forgets a block before it is used for other events.</summary>
    public void Forget(EventBlock block)
    {
        lock (_gate)
        {
            _blocks.Remove(block);
            block.SharedBy = null;
        }
    }
}
