using AuditHost.Configuration.Options;

namespace AuditHost.Intake;

/// <summary>Reads events from a stream until its end; standard input, outside of tests.</summary>
internal sealed class StandardInputSource(
    StandardInputSourceOptions options, Stream input, IEventSink sink, IRejectedInput rejected, TimeProvider time) : IEventSource
{
    public string Name => "stdin";

    public bool IsFinite => true;

    public SourceCounters Counters { get; } = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var context = new EventPumpContext(Name, sink, rejected, Counters, time, options.MaxEventBytes, options.RateLimit);
        // A pipe has no position that would name an event after a restart, so events without an id get one of their own.
        using var pump = new EventPump(context, Name, idSeed: default, position: 0);
        while (true)
        {
            Memory<byte> space = await pump.GetSpaceAsync(cancellationToken);
            int read = await input.ReadAsync(space, cancellationToken);
            if (read == 0)
                break;
            await pump.AdvanceAsync(read, cancellationToken);
            // The writer of a pipe may pause for hours; what it has written is not left waiting.
            await pump.FlushAsync(cancellationToken);
        }

        await pump.CompleteAsync(mayGrow: false, cancellationToken);
    }
}
