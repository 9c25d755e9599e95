using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Metrics;

/// <summary>What an answer of a machine agent means. The figures are the connector's own, so no event is at fault for what the agent refuses.</summary>
internal static class AgentAnswer
{
    public static async ValueTask<DeliveryResult> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        DeliveryResult result = await HttpOutcome.ReadAsync(response, time, cancellationToken).ConfigureAwait(false);
        return result.Kind switch
        {
            0 => result,
            FailureKind.Rejected or FailureKind.TooLarge or FailureKind.Misconfigured => DeliveryResult
                .Failed(FailureKind.Misconfigured, $"{result.Reason}{RemedyFor(response.StatusCode)}", result.RetryAfter)
                .WithResponse(result.Status, result.Response),
            _ => result,
        };
    }

    private static string RemedyFor(HttpStatusCode status) => status == HttpStatusCode.NotFound
        ? ". Check machine_agent.endpoint, and that the agent runs with -Dmetric.http.listener=true"
        : ". Check machine_agent";
}
