using AuditHost.Dashboard;
using AuditHost.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuditHost.Telemetry;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it takes events. Destinations that are away do not make the host
/// unready, since their events wait in the journal; the answer names them to callers with a token.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Site site, CallerCheck callers)
    {
        routes.MapGet("/health/live", static () => Results.Text("live\n"));
        routes.MapGet("/health/ready", (HttpContext context) => Ready(context, site, callers));
    }

    private static IResult Ready(HttpContext context, Site site, CallerCheck callers)
    {
        List<string> lines = [];
        bool ready = site is { StartedAt: not null, Journal: { IsFull: false, Failure: null } };
        lines.Add(ready ? "ready" : $"not ready: {(site.Journal.Failure is not null ? "the journal's disk failed" : site.Journal.IsFull ? "the journal is full" : "starting")}");
        if (callers.MayPass(context))
        {
            if (site.Journal.Damage.Count > 0 || site.Journal.Quarantine is not null)
                lines.Add($"journal: degraded, {site.Journal.Damage.LostEvents} events cannot be read");
            lines.AddRange(site.Lanes.Select(lane => $"{lane.Destination.Options.Name}: {lane.Destination.Watch.Health.ToString().ToLowerInvariant()}, {lane.Buffered} buffered"));
            lines.AddRange(BacklogList.Of(site).Where(backlog => backlog.State == BacklogView.Removed).Select(backlog => $"left behind: {backlog}"));
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(string.Join('\n', lines) + "\n", statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
