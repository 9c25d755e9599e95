using System.CommandLine;
using AuditHost.Configuration.Options;
using AuditHost.Intake;

namespace AuditHost.Commands;

/// <summary>The events of a file or of standard input, read by the same code as a source: one per line, pretty-printed or back to back.</summary>
internal static class EventFile
{
    public static Argument<string> Argument() => new("file") { Description = "A file with events, or - for standard input." };

    /// <summary>Reads all events into memory.</summary>
    /// <exception cref="InvalidDataException">Something in the file is no event.</exception>
    public static async Task<IReadOnlyList<ParsedEvent>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var sink = new CollectingSink();
        await PumpAsync(path, sink, cancellationToken);
        return sink.Events;
    }

    /// <summary>Hands the events to a sink in batches.</summary>
    /// <exception cref="InvalidDataException">Something in the file is no event; what came before it was handed over.</exception>
    public static async Task PumpAsync(string path, IEventSink sink, CancellationToken cancellationToken)
    {
        Stream input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        await using (input)
        {
            var source = new StandardInputSource(new StandardInputSourceOptions(), input, sink, new RefusingInput(path), TimeProvider.System);
            await source.RunAsync(cancellationToken);
        }
    }
}
