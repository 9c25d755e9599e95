using System.Diagnostics.Tracing;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Files;

/// <summary>Appends batches to a <see cref="RotatingFile"/> and says what became of them, for connectors that write files.</summary>
public sealed class FileDelivery : IAsyncDisposable
{
    private readonly string _path;
    private readonly RotatingFile _file;

    /// <summary>Describes a file; nothing is opened yet.</summary>
    public FileDelivery(RotatingFileOptions options, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        _path = options.Path;
        _file = new RotatingFile(options, context.Time, message => context.Log(EventLevel.Warning, message));
    }

    /// <summary>Opens the file.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken) =>
        await Task.Run(_file.Open, cancellationToken).ConfigureAwait(false);

    /// <summary>Appends lines, each with its line feed. An append that has begun is not cancelled: it ends with the disk's answer.</summary>
    public async ValueTask<DeliveryResult> AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        try
        {
            // The disk may take its time; the caller's thread is not ours to block.
            FilePosition position = await Task.Run(() => _file.Append(lines.Span), cancellationToken).ConfigureAwait(false);
            return DeliveryResult.Acknowledged(position.ToString());
        }
        catch (Exception exception) when (FileFailure.IsKnown(exception) && exception is not ObjectDisposedException)
        {
            return FileFailure.Describe(exception, _path);
        }
    }

    /// <summary>Checks without a trace that the file could be written.</summary>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        await Task.Run(() => FileProbe.Check(_path), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return default;
    }
}
