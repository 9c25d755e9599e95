using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Isolation;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Commands;

/// <summary>Renders events as a destination would get them, where it would for real: here, or in a process of the plugin's own.</summary>
internal sealed class Preview(LoadedSite loaded) : IAsyncDisposable
{
    private readonly DestinationFactory _factory = new(loaded.Options, loaded.Catalogue, loaded.Redactor, TimeProvider.System, loaded.Log);
    private readonly Dictionary<string, BatchRenderer> _renderers = [];
    private readonly Dictionary<string, ProcessPreview> _processes = [];
    private readonly List<DestinationContext> _contexts = [];

    public ValueTask<EventRendering> RenderAsync(DestinationOptions options, ParsedEvent parsedEvent, CancellationToken cancellationToken) =>
        options.Isolation is { } isolation
            ? ProcessOf(options, isolation).RenderAsync(parsedEvent, cancellationToken)
            : ValueTask.FromResult(EventRendering.Of(RendererOf(options), parsedEvent));

    public async ValueTask DisposeAsync()
    {
        foreach (ProcessPreview process in _processes.Values)
            await process.DisposeAsync();
        _contexts.ForEach(context => context.Dispose());
    }

    private BatchRenderer RendererOf(DestinationOptions options)
    {
        if (_renderers.TryGetValue(options.Name, out BatchRenderer? known))
            return known;
        var context = new DestinationContext(options, loaded.Options.BaseDirectory, TimeProvider.System, NullLogger.Instance);
        _contexts.Add(context);
        return _renderers[options.Name] = RendererFactory.Create(options, _factory.Connector(options), context, Guid.Empty, loaded.Catalogue);
    }

    private ProcessPreview ProcessOf(DestinationOptions options, IsolationOptions isolation)
    {
        if (_processes.TryGetValue(options.Name, out ProcessPreview? known))
            return known;
        ConnectorFactory connector = _factory.Connector(options);
        var setup = ProcessSetup.Of(options, connector, loaded.Options.BaseDirectory, Guid.Empty, loaded.Catalogue);
        return _processes[options.Name] = new ProcessPreview(setup, isolation, TimeProvider.System);
    }
}
