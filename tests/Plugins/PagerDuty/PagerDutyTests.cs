using System.Text;
using AuditHost.Connectors.PagerDuty;
using AuditHost.Fakes.PagerDuty;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.PagerDuty;

/// <summary>What the tests of the PagerDuty connector share.</summary>
internal static class PagerDutyTests
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IConnector Create(PluginContext context, string further = "", params Uri[] endpoints)
    {
        string list = string.Join(',', endpoints.Select(endpoint => $"\"{endpoint}\""));
        return new PagerDutyFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"endpoint":[{{list}}],"integration_key":"{{PagerDutyEvents.Key}}"{{further}}}"""), context);
    }

    public static async Task<PagerDutyEvents> StartAsync()
    {
        var events = new PagerDutyEvents();
        await events.StartAsync(Cancellation);
        return events;
    }

    /// <summary>A batch as the connector's own format writes it.</summary>
    public static EventBatch Batch(params IReadOnlyList<AuditEvent> events) =>
        AlertEvents.Batch([.. events.Select(one => (one, Rendering.Create(new PagerDutyFormatterFactory()).Render(one)))]);
}
