using System.Diagnostics.Tracing;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Puts what a receiver has to say into the log: a warning that comes with every answer once, a loss every time.</summary>
internal sealed class ReceiverWarnings(PluginContext context)
{
    private const int MaxLength = 300;

    private string _last = string.Empty;

    /// <summary>Notes what came with a success.</summary>
    /// <param name="message">The receiver's words; empty for none.</param>
    public void Warning(string message)
    {
        if (message.Length > 0 && Interlocked.Exchange(ref _last, message) != message)
            context.Log(EventLevel.Warning, $"The receiver takes events, and warns: {Cut(message)}");
    }

    /// <summary>Notes records that a receiver did not take, of a batch that counts as delivered.</summary>
    public void Loss(long rejected, int count, string message) =>
        context.Log(EventLevel.Warning, $"The receiver rejected {rejected} of {count} records, and does not say which; the batch counts as delivered. {Cut(message)}".TrimEnd());

    private static string Cut(string message) => message.Length > MaxLength ? $"{message.AsSpan(0, MaxLength)}…" : message;
}
