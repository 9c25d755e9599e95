using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Lanes.Alerts;
using AuditHost.Lanes.Filters;
using AuditHost.Lanes.Poison;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>Everything a lane needs to serve one destination, put together by <see cref="DestinationFactory"/>.</summary>
internal sealed class Destination : IAsyncDisposable
{
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(10);

    public required DestinationOptions Options { get; init; }

    public required IConnector Connector { get; init; }

    /// <summary>Where it leads, for the operator.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>The plugin and its version, for dead letters.</summary>
    public required string Plugin { get; init; }

    /// <summary>The folders of the plugins it is made with: the connector's, and the format's.</summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = [];

    /// <summary>The site file's revision.</summary>
    public required string Revision { get; init; }

    public required FilterSet Filters { get; init; }

    public required BatchRenderer Renderer { get; init; }

    public required LaneLimits Limits { get; init; }

    public required LaneStatistics Statistics { get; init; }

    public required DeliveryWatch Watch { get; init; }

    public required DeliveryChain Chain { get; init; }

    /// <summary>Finds the event that takes the process down.</summary>
    public required PoisonGuard Guard { get; init; }

    /// <summary>The alerts that are open; <see langword="null"/> where events are sent as they are.</summary>
    public AlertBook? Alerts { get; init; }

    /// <summary>Removes the site's secrets from a text.</summary>
    public required Func<string, string> Redact { get; init; }

    /// <summary>The plugin's context, disposed of after the connector.</summary>
    public required IDisposable Context { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The dead letter of an event.</summary>
    /// <param name="job">The delivery.</param>
    /// <param name="refusal">What the destination said of the event, or of the message that told of it.</param>
    /// <param name="auditEvent">The event.</param>
    /// <param name="firstAttemptAt">When it was first tried.</param>
    /// <param name="now">When it died.</param>
    /// <param name="withSent">Whether what was sent stands in it: of a message that told of many events one letter has it.</param>
    public DeadLetter Bury(DeliveryJob job, Refusal refusal, AuditEvent auditEvent, DateTimeOffset firstAttemptAt, DateTimeOffset now, bool withSent = true)
    {
        return new DeadLetter
        {
            Destination = Options.Name,
            Sequence = auditEvent.Sequence,
            EventId = auditEvent.Id.ToString(),
            EventType = auditEvent.Type.ToString(),
            AssignedId = (auditEvent as ParsedEvent)?.AssignedId,
            Cause = refusal.Cause,
            Reason = Redact(refusal.Reason),
            Status = refusal.Status,
            Response = refusal.Response,
            Attempts = refusal.Cause == DeathCause.SuspectedPoison ? PoisonGuard.DeadlyEnds : job.Attempts,
            ReceivedAt = auditEvent.ReceivedAt,
            FirstAttemptAt = firstAttemptAt,
            DiedAt = now,
            Plugin = Plugin,
            Revision = job.Batch.Template is { } template ? $"{Revision}+{template.Revision}" : Revision,
            Original = auditEvent.Json.ToArray(),
            Sent = !withSent || refusal.Cause is DeathCause.Unrenderable or DeathCause.SuspectedPoison ? default : SentOf(job, refusal.Index),
        };
    }

    /// <summary>The plugin's own process; <see langword="null"/> where it runs in the host's.</summary>
    public IPluginProcess? Process => Connector as IPluginProcess;

    /// <summary>Why the content of the template's file is not the one that renders; <see langword="null"/> where it is.</summary>
    public string? TemplateProblem => Process is { } process ? process.TemplateProblem : Renderer.Template?.Problem;

    /// <exception cref="TimeoutException">The connector does not end. It is left behind; the host's stop must not hang on it.</exception>
    public async ValueTask DisposeAsync()
    {
        await RetireAsync();
        Guard.Dispose();
    }

    /// <summary>Closes what is its own, where another object of the same destination goes on with the rest.</summary>
    /// <exception cref="TimeoutException">The connector does not end. It is left behind.</exception>
    public async ValueTask RetireAsync()
    {
        await CloseAsync().WaitAsync(ClosingPatience, Time);
        Context.Dispose();
    }

    private ReadOnlyMemory<byte> SentOf(DeliveryJob job, int index) =>
        Process is { } process ? process.TakeSent(job.Batch[index].Sequence) : job.Batch.Payload(index).ToArray();

    private async Task CloseAsync()
    {
        // Off the caller's thread: a connector that blocks must not keep it from looking at the clock.
        await Task.Yield();
        await Connector.DisposeAsync();
    }
}
