using System.Collections.Concurrent;
using System.Text.Json;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Formatting.Library;
using AuditHost.Intake;
using AuditHost.Isolation.Messages;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Security;
using Microsoft.Extensions.Logging;

namespace AuditHost.Isolation.Child;

/// <summary>The destination of a plugin's process: formats, frames and sends what the host hands over.</summary>
internal sealed class IsolatedDestination : IAsyncDisposable
{
    private readonly DestinationContext _context;
    private readonly IConnector _connector;
    private readonly BatchRenderer _renderer;
    private readonly int _maxBatchBytes;
    private readonly ConcurrentBag<ParsedEvent[]> _spare = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _watching;

    public IsolatedDestination(SetupMessage setup, TimeProvider time, ILogger logger, Action<string> tokenIssued)
    {
        DestinationOptions options = OptionsOf(setup);
        var plugins = new IsolatedPlugins(setup.Assemblies);
        if (!plugins.TryGetConnector(setup.Type, out ConnectorFactory? factory))
            throw new InvalidDataException($"No plugin of this process provides connector type '{setup.Type}'.");
        _maxBatchBytes = factory.Info.MaxBatchBytes;
        _context = new DestinationContext(options, setup.BaseDirectory, time, logger, tokenIssued);
        _connector = factory.Create(options.Settings, _context);
        _renderer = RendererFactory.Create(options, factory, _context, setup.LogId, plugins);
        IReadOnlyList<(string, LiveTemplate)> templates = _renderer.Template is { } template ? [(setup.Destination, template)] : [];
        _watching = new TemplateWatch(templates, time, logger).RunAsync(_closing.Token);
    }

    /// <summary>Why the content of the template's file is not used; <see langword="null"/> where it is.</summary>
    public string? TemplateProblem => _renderer.Template?.Problem;

    public ValueTask StartAsync(CancellationToken cancellationToken) => _connector.StartAsync(cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _connector.ProbeAsync(cancellationToken);

    /// <summary>Renders events and sends them, in as many parts as the connector's limit on bytes asks for.</summary>
    public async ValueTask<OutcomeMessage> SendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ParsedEvent[] room = _spare.TryTake(out ParsedEvent[]? spare) ? spare : [];
        try
        {
            (int attempt, ArraySegment<ParsedEvent> events) = BatchMessage.Read(content, ref room);
            return await SendAsync(events, attempt, cancellationToken);
        }
        finally
        {
            _spare.Add(room);
        }
    }

    /// <summary>Renders one event as it would be sent.</summary>
    public OutcomeMessage Render(ReadOnlyMemory<byte> content)
    {
        ParsedEvent[] room = [];
        (_, ArraySegment<ParsedEvent> events) = BatchMessage.Read(content, ref room);
        EventRendering rendering = EventRendering.Of(_renderer, events[0]);
        return rendering.Error is { } error ? new OutcomeMessage { Kind = FailureKind.Rejected, Reason = error } : new OutcomeMessage { Rendered = rendering.Bytes.ToArray() };
    }

    /// <summary>Finds events at the destination.</summary>
    public async ValueTask<OutcomeMessage> SearchAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        SearchQuery query = JsonSerializer.Deserialize(content.Span, MessageJson.Default.SearchQuery) ?? throw new JsonException("null");
        return _connector is IEventSearch search
            ? new OutcomeMessage { Found = FoundMessage.Of(await search.SearchAsync(query, cancellationToken)) }
            : new OutcomeMessage { Kind = FailureKind.Rejected, Reason = "It cannot be searched." };
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _watching;
        await _connector.DisposeAsync();
        _context.Dispose();
        _closing.Dispose();
    }

    private async ValueTask<OutcomeMessage> SendAsync(ArraySegment<ParsedEvent> events, int attempt, CancellationToken cancellationToken)
    {
        var outcome = new BatchOutcome(events);
        using var batch = new LaneBatch();
        using var scratch = new PooledBuffer(256);
        for (int next = 0; next < events.Count && !outcome.IsFailed;)
        {
            int first = next;
            outcome.Begin(first);
            batch.Clear();
            batch.Open(events[first].Sequence, 0);
            while (next < events.Count && _renderer.TryAppend(batch, events[next], _maxBatchBytes))
                next++;
            await SendAsync(batch, first, attempt, outcome, scratch, cancellationToken);
        }

        return outcome.ToMessage();
    }

    private async ValueTask SendAsync(LaneBatch batch, int first, int attempt, BatchOutcome outcome, PooledBuffer scratch, CancellationToken cancellationToken)
    {
        int[] renderable = [.. Enumerable.Range(0, batch.Count).Where(index => batch.RenderingError(index) is null)];
        for (int index = 0; index < batch.Count; index++)
        {
            if (batch.RenderingError(index) is { } error)
                outcome.AddUnrenderable(first + index, error);
        }

        if (renderable.Length == 0)
            return;
        BatchPart part = renderable.Length == batch.Count ? BatchPart.Whole(batch.Count) : BatchPart.Of(renderable);
        SealedBatch rendered;
        try
        {
            rendered = _renderer.Seal(batch, part, attempt, scratch);
        }
        catch (FormatException exception)
        {
            outcome.AddUnrenderableBody(exception.Message);
            return;
        }

        using (rendered)
        {
            DeliveryResult result = await _connector.SendAsync(rendered.Batch, cancellationToken);
            outcome.Add(result, [.. renderable.Select(index => first + index)], rendered.Batch);
        }
    }

    private static DestinationOptions OptionsOf(SetupMessage setup) => new()
    {
        Name = setup.Destination,
        Section = setup.Section,
        Type = setup.Type,
        Enabled = true,
        Location = new SourceLocation(setup.Destination, 0, 0),
        Format = setup.Format,
        FormatSettings = setup.FormatSettings,
        Template = setup.Template,
        Settings = setup.Settings,
        Tls = setup.Tls,
        ConnectionPool = setup.ConnectionPool,
        Authentication = setup.Authentication?.ToOptions(),
        Proxy = setup.Proxy,
    };
}
