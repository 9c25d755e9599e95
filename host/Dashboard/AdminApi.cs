using System.Text.Json.Serialization.Metadata;
using AuditHost.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuditHost.Dashboard;

/// <summary>
/// The admin API. It answers on the data directory's socket alone, which only its owner can open; over the network its routes do not
/// exist.
/// </summary>
internal static class AdminApi
{
    public static void Map(IEndpointRouteBuilder routes, ISiteControl site)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v1").AddEndpointFilter(RefuseNetwork);
        api.MapGet("/status", async (CancellationToken stop) =>
            Json(await site.GetStatusAsync(stop), AdminJson.Default.SiteStatus));
        api.MapPost("/dead-letters/query", async Task<IResult> (HttpContext context, CancellationToken _) =>
            Json(
                await site.ListDeadLettersAsync(await Body(context, AdminJson.Default.DeadLetterQuery), context.RequestAborted),
                AdminJson.Default.IReadOnlyListDeadLetterView));
        api.MapGet("/dead-letters/{id}", async (ulong id, CancellationToken stop) =>
            await site.GetDeadLetterAsync(id, stop) is { } letter
                ? Json(letter, AdminJson.Default.DeadLetterView)
                : Results.NotFound());
        api.MapPost("/dead-letters/discard", async Task<IResult> (HttpContext context, CancellationToken _) =>
            Json(
                await site.DiscardAsync(await Body(context, AdminJson.Default.DeadLetterQuery), context.RequestAborted),
                AdminJson.Default.DiscardReport));
        api.MapPost("/replay", async Task<IResult> (HttpContext context, CancellationToken _) =>
            Json(
                await site.ReplayAsync(await Body(context, AdminJson.Default.ReplayOrder), context.RequestAborted),
                AdminJson.Default.ReplayReport));
        MapBacklogs(api.MapGroup("/backlogs"), site);
        MapPlugins(api.MapGroup("/plugins"), site);
    }

    private static void MapBacklogs(RouteGroupBuilder backlogs, ISiteControl site)
    {
        backlogs.MapGet("/", async (CancellationToken stop) =>
            Json(await site.ListBacklogsAsync(stop), AdminJson.Default.IReadOnlyListBacklogView));
        backlogs.MapPost("/adopt", async Task<IResult> (HttpContext context, CancellationToken _) =>
            Json(
                await site.AdoptBacklogAsync(await Body(context, AdminJson.Default.AdoptOrder), context.RequestAborted),
                AdminJson.Default.AdoptReport));
        backlogs.MapPost("/discard", async Task<IResult> (HttpContext context, CancellationToken _) =>
            Json(
                await site.DiscardBacklogAsync(await Body(context, AdminJson.Default.String), context.RequestAborted),
                AdminJson.Default.BacklogDiscardReport));
    }

    private static void MapPlugins(RouteGroupBuilder plugins, ISiteControl site)
    {
        plugins.MapGet("/", async (CancellationToken stop) =>
            Json(await site.ListPluginsAsync(stop), AdminJson.Default.IReadOnlyListPluginDescription));
        plugins.MapPost("/reload", async Task<IResult> (HttpContext context, CancellationToken _) =>
        {
            string name = await Body(context, AdminJson.Default.String);
            return Json(
                await site.ReloadPluginsAsync(name.Length == 0 ? null : name, context.RequestAborted),
                AdminJson.Default.IReadOnlyListPluginReloadReport);
        });
    }

    private static ValueTask<object?> RefuseNetwork(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        CallerCheck.CameOverSocket(context.HttpContext)
            ? next(context)
            : ValueTask.FromResult<object?>(Results.NotFound());

    private static async Task<T> Body<T>(HttpContext context, JsonTypeInfo<T> type) =>
        await context.Request.ReadFromJsonAsync(type, context.RequestAborted)
        ?? throw new BadHttpRequestException("The body is null.");

    private static IResult Json<T>(T value, JsonTypeInfo<T> type) => Results.Json(value, type);
}
