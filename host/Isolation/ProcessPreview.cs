using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Isolation.Messages;
using AuditHost.Lanes;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Isolation;

/// <summary>Has events rendered, and not sent, by a plugin's process: one for all of them, and another after an event that ends it.</summary>
internal sealed class ProcessPreview(SetupMessage setup, IsolationOptions options, TimeProvider time) : IAsyncDisposable
{
    private PluginProcess? _process;

    /// <exception cref="SettingsException">The destination's settings cannot work.</exception>
    public async ValueTask<EventRendering> RenderAsync(ParsedEvent parsedEvent, CancellationToken cancellationToken)
    {
        try
        {
            _process ??= await PluginProcess.StartAsync(setup, options, time, NullLogger.Instance, cancellationToken);
            using var content = new PooledBuffer(4096);
            BatchMessage.Write(new EventBatch(new[] { new OutboundEvent(parsedEvent, string.Empty, default) }, default, "application/json"), content);
            OutcomeMessage outcome = await _process.AskAsync(MessageKind.Render, content.Written, cancellationToken);
            return outcome.Rendered is { } bytes ? new EventRendering(bytes, null) : new EventRendering(default, outcome.Reason ?? "The plugin's process rendered nothing.");
        }
        catch (IOException exception)
        {
            await DisposeAsync();
            return new EventRendering(default, exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
            await process.DisposeAsync();
        _process = null;
    }
}
