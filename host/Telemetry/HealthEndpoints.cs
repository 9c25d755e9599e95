using AuditHost.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuditHost.Telemetry;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it takes events, and every destination gets on. A destination that is
/// away does not make the host unready at once, since its events wait in the journal; one that does not get on for
/// <c>stalled_after_seconds</c> does, whatever the reason. The answer names destinations to callers with a token.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Site site, CallerCheck callers, TimeProvider time)
    {
        routes.MapGet("/health/live", static () => Results.Text("live\n"));
        routes.MapGet("/health/ready", (HttpContext context) => Ready(context, site, callers, time));
    }

    private static IResult Ready(HttpContext context, Site site, CallerCheck callers, TimeProvider time)
    {
        Readiness readiness = Readiness.Of(site, callers.MayPass(context), time.GetUtcNow());
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            readiness, HealthJson.Default.Readiness, statusCode: readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
