using System.Net.Sockets;

namespace AuditHost.Intake.Streams;

/// <summary>
/// One sender's connection, read until it ends. While it is silent it costs nothing but an unfinished event; memory to read into is there for
/// so many connections at a time as there are places.
/// </summary>
internal sealed class StreamConnection(Socket socket, IStreamPump pump, SemaphoreSlim places, TimeProvider time)
{
    /// <summary>How long an event may take from its first byte to its last.</summary>
    public static readonly TimeSpan EventPatience = TimeSpan.FromSeconds(30);

    /// <summary>How many pieces more that are no events than events a sender may send.</summary>
    public const int MostRejected = 100;

    /// <summary>After so many bytes another connection has its turn.</summary>
    private const int TurnBytes = 4 << 20;

    /// <summary>How long what has arrived may take to the disk where the host stops.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private long _unfinishedFrom = -1;
    private long _unfinishedSince;

    /// <returns>Why it was closed from here, one of a few sentences; <see langword="null"/> where the sender ended it, or the host stops.</returns>
    public async Task<string?> RunAsync(CancellationToken stopping)
    {
        string? reason = null;
        try
        {
            while (reason is null)
            {
                await ArrivalAsync(stopping);
                if (!await TakeTurnAsync(TurnBytes, stopping))
                    break;
                reason = pump.Problem;

                // A sender that never pauses is never waited for, and its time ends all the same.
                if (reason is null && pump.HasUnfinished && TimeLeft() <= TimeSpan.Zero)
                    throw new TimeoutException();
            }
        }
        catch (TimeoutException)
        {
            reason = $"an event was not complete after {EventPatience.TotalSeconds:0} s";
        }
        catch (SocketException)
        {
            // The sender broke off. What came is taken.
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await DrainAsync();
            return null;
        }

        await pump.CompleteAsync(stopping);
        return reason;
    }

    /// <summary>Whether there is something to read, its end included.</summary>
    private bool HasArrived => socket.Available > 0 || socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>Waits until there is something to read, its end included.</summary>
    /// <exception cref="TimeoutException">An event is not completed in time.</exception>
    private async Task ArrivalAsync(CancellationToken stopping)
    {
        // Asked again, and before the time is looked at: a wait can end with the news of bytes that were read meanwhile, and whoever reads on
        // such news holds a place without an end; and it may have been the host that stood still.
        while (!HasArrived)
        {
            if (pump.HasUnfinished)
                await RestOfEventAsync(stopping);
            else
                await socket.ReceiveAsync(Memory<byte>.Empty, stopping);
        }
    }

    /// <summary>Waits for more of an event, as long as it may take.</summary>
    private async Task RestOfEventAsync(CancellationToken stopping)
    {
        TimeSpan left = TimeLeft();
        if (left <= TimeSpan.Zero)
            throw new TimeoutException();
        using var patience = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            await socket.ReceiveAsync(Memory<byte>.Empty, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // What has arrived by now still counts.
        }
    }

    /// <summary>How long the event under way may still take.</summary>
    private TimeSpan TimeLeft()
    {
        if (_unfinishedFrom != pump.Settled)
            (_unfinishedFrom, _unfinishedSince) = (pump.Settled, time.GetTimestamp());
        return EventPatience - time.GetElapsedTime(_unfinishedSince);
    }

    /// <summary>Reads what is there and makes it durable.</summary>
    /// <param name="most">About how many bytes.</param>
    /// <param name="cancellationToken">Ends the wait for a place, and for the journal.</param>
    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> TakeTurnAsync(int most, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            int read;
            do
            {
                Memory<byte> space = await pump.GetSpaceAsync(cancellationToken);
                read = await socket.ReceiveAsync(space, cancellationToken);
                await pump.AdvanceAsync(read, cancellationToken);
                most -= read;
            }
            while (read > 0 && most > 0 && pump.Problem is null && socket.Available > 0);
            await pump.FlushAsync(cancellationToken);
            pump.Shrink();
            return read > 0;
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Takes what this machine has acknowledged to the sender, who will not send it again.</summary>
    private async Task DrainAsync()
    {
        using var patience = new CancellationTokenSource(StopPatience, time);
        try
        {
            if (socket.Available is > 0 and var arrived)
                await TakeTurnAsync(arrived, patience.Token);
            await pump.CompleteAsync(patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // A journal that takes nothing, or a sender that broke off: there is nothing more to be had.
        }
    }
}
