using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Commands;

/// <summary><c>test</c>: can the destinations be reached? Without side effects, unless asked to send one marked event.</summary>
internal static class TestCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var name = new Argument<string?>("destination") { Description = "One destination; without it, every enabled one.", Arity = ArgumentArity.ZeroOrOne };
        var send = new Option<bool>("--send") { Description = "Deliver one event marked as a test." };
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("test", "Probe the destinations.") { name, send, config, json };
        command.SetAction(async (parsed, stop) =>
        {
            using LoadedSite loaded = await LoadedSite.LoadAsync(parsed.GetRequiredValue(config));
            if (!await loaded.ReportAsync(warnings: false))
                return ExitCode.Configuration;
            string? wanted = parsed.GetValue(name);
            DestinationOptions[] destinations =
                [.. loaded.Options.Destinations.Where(destination => wanted is null ? destination.Enabled : destination.Name == wanted)];
            if (destinations is not [_, ..] || destinations.Any(destination => !destination.Enabled))
                return await DestinationNames.ReportUnknownAsync(wanted, loaded.Options);

            var factory = new DestinationFactory(loaded.Options, loaded.Catalogue, loaded.Redactor, TimeProvider.System, loaded.Log);
            ProbeResult[] results = await Task.WhenAll(
                destinations.Select(destination => ProbeAsync(factory, destination, parsed.GetValue(send), loaded, stop)));
            if (parsed.GetValue(json))
                Output.Json(results, CommandJson.Default.IReadOnlyListProbeResult);
            else
                Output.Table(
                    ["destination", "type", "result", "ms"],
                    results.Select(result => new[]
                    {
                        result.Destination, result.Type, result.Problem ?? "reachable", result.Milliseconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture),
                    }));
            return Array.TrueForAll(results, result => result.Reachable) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<ProbeResult> ProbeAsync(
        DestinationFactory factory, DestinationOptions options, bool send, LoadedSite loaded, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Patience);
        var watch = Stopwatch.StartNew();
        Destination? destination = null;
        string? problem = null;
        try
        {
            destination = await factory.CreateAsync(options, Guid.Empty);
            await destination.Connector.StartAsync(deadline.Token);
            if (send)
                problem = await SendAsync(destination, deadline.Token);
            else
                await destination.Connector.ProbeAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            problem = $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            problem = loaded.Redactor.Redact(OutcomeMap.FromException(exception, out _).Reason ?? exception.Message);
        }
        finally
        {
            if (destination is not null)
                await destination.DisposeAsync();
        }

        return new ProbeResult(options.Name, options.Type, problem is null, watch.Elapsed.TotalMilliseconds, problem);
    }

    private static async Task<string?> SendAsync(Destination destination, CancellationToken cancellationToken)
    {
        byte[] json = TestEventBytes();
        if (!EventParser.TryParse(json, out EventIndex index, out EventError? error))
            throw new InvalidOperationException(error!.Reason);
        var parsed = new ParsedEvent();
        parsed.Set(json, index, 0, DateTime.UtcNow.Ticks, null);
        using var batch = new LaneBatch();
        batch.Open(0, 0);
        destination.Renderer.Append(batch, parsed);
        var job = new DeliveryJob(batch);
        DeliveryResult result = await destination.Chain.DeliverOnceAsync(job, cancellationToken);
        return job.Refusals is [var refusal] ? $"{refusal.Cause}: {refusal.Reason}" : job.IsSettled ? null : result.Reason;
    }

    private static byte[] TestEventBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("event_id", $"test-{Guid.CreateVersion7()}");
            writer.WriteString("timestamp", DateTimeOffset.UtcNow);
            writer.WriteString("event_type", "ConnectionTest");
            writer.WriteString("severity", "Info");
            writer.WriteString("source", "audithost");
            writer.WriteBoolean("test", true);
            writer.WriteString("message", "Connection test of AuditHost. No action is needed.");
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
