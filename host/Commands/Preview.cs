using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Lanes;
using AuditHost.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Commands;

/// <summary>Renders events as a destination would get them, with the code that does it for real.</summary>
internal sealed class Preview(LoadedSite loaded) : IDisposable
{
    private readonly DestinationFactory _factory = new(loaded.Options, loaded.Catalogue, loaded.Redactor.Redact, TimeProvider.System, loaded.Log);
    private readonly List<DestinationContext> _contexts = [];

    public BatchRenderer RendererOf(DestinationOptions options)
    {
        var context = new DestinationContext(options, loaded.Options.BaseDirectory, TimeProvider.System, NullLogger.Instance);
        _contexts.Add(context);
        return RendererFactory.Create(options, _factory.Connector(options), context, Guid.Empty, loaded.Catalogue);
    }

    /// <summary>Renders one event as a batch of its own.</summary>
    public static (string? Text, string? Error) Render(BatchRenderer renderer, ParsedEvent parsedEvent)
    {
        using var batch = new LaneBatch();
        using var scratch = new PooledBuffer(256);
        batch.Open(parsedEvent.Sequence, 0);
        renderer.Append(batch, parsedEvent);
        if (batch.RenderingError(0) is { } error)
            return (null, error);
        try
        {
            using SealedBatch rendered = renderer.Seal(batch, BatchPart.Whole(1), 1, scratch);
            ReadOnlyMemory<byte> bytes = rendered.Batch.Body.IsEmpty ? rendered.Batch[0].Payload : rendered.Batch.Body;
            return (Encoding.UTF8.GetString(bytes.Span), null);
        }
        catch (FormatException exception)
        {
            return (null, exception.Message);
        }
    }

    public void Dispose() => _contexts.ForEach(context => context.Dispose());
}
