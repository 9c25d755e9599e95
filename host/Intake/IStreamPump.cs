namespace AuditHost.Intake;

/// <summary>Turns the bytes of one connection into events of the journal.</summary>
internal interface IStreamPump : IDisposable
{
    /// <summary>Whether something has begun and not ended. Once flushed, it begins at <see cref="Settled"/>.</summary>
    bool HasUnfinished { get; }

    /// <summary>Everything before this place in the stream is durable, as events or as rejected input.</summary>
    long Settled { get; }

    /// <summary>Why nothing after this can or will be read, one of a few sentences; <see langword="null"/> while it is.</summary>
    string? Problem { get; }

    /// <summary>Room for the next bytes.</summary>
    ValueTask<Memory<byte>> GetSpaceAsync(CancellationToken cancellationToken);

    /// <summary>Takes the bytes read into the space. Full batches go to the journal.</summary>
    ValueTask AdvanceAsync(int read, CancellationToken cancellationToken);

    /// <summary>Makes everything complete durable.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Settles what the end of the input leaves over.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Holds no more memory than what is unfinished needs. Everything else is to be flushed before.</summary>
    void Shrink();
}
