using System.Text;
using AuditHost.Connectors.OpsGenie;
using AuditHost.Fakes.OpsGenie;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.OpsGenie;

/// <summary>What the tests of the OpsGenie connector share.</summary>
internal static class OpsGenieTests
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Settings of Jira Service Management, or of OpsGenie with <c>"api":"opsgenie"</c> among the further ones.</summary>
    public static IConnector Create(PluginContext context, string further = "", params Uri[] endpoints)
    {
        string list = string.Join(',', endpoints.Select(endpoint => $"\"{endpoint}\""));
        return new OpsGenieFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"endpoint":[{{list}}],"api_key":"{{AlertApi.Key}}"{{further}}}"""), context);
    }

    public static async Task<AlertApi> StartAsync(bool isSuccessor = true)
    {
        var api = new AlertApi(isSuccessor);
        await api.StartAsync(Cancellation);
        return api;
    }

    /// <summary>A batch as the connector's own format writes it.</summary>
    public static EventBatch Batch(params IReadOnlyList<AuditEvent> events) =>
        AlertEvents.Batch([.. events.Select(one => (one, Rendering.Create(new OpsGenieFormatterFactory()).Render(one)))]);
}
