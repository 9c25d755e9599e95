using System.Diagnostics.Tracing;
using System.Net;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.QRadar;

/// <summary>Asks the console's REST API what a probe wants to know. It takes no events, and nothing here changes anything.</summary>
internal sealed class QRadarConsole(ConsoleOptions options, PluginContext context)
{
    private const string Reassurance = "events go another way, and are not held up by it";

    // Given up for good once the console has refused it, so that it is said once and not with every probe.
    private string? _version = options.Version;

    /// <exception cref="HttpRequestException">The console cannot be reached, refuses the token, or has no such log source; the message says which.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        string? version = _version;
        JsonElement about;
        try
        {
            about = await GetAsync("api/system/about", version, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (version is not null && MayBeTheVersion(exception.StatusCode))
        {
            about = await GetAsync("api/system/about", version: null, cancellationToken).ConfigureAwait(false);
            context.Log(EventLevel.Warning, $"The console refuses version {version} of its REST API (HTTP {(int)exception.StatusCode!}) and was asked in its newest; set api_version to one it supports, or leave it out.");
            _version = version = null;
        }

        if (!about.TryGetProperty("external_version", out _) && !about.TryGetProperty("build_version", out _))
            throw new HttpRequestException("What answers at api_endpoint is not a console of QRadar: /api/system/about names no version.");
        if (options.LogSourceId is { } id)
            await CheckLogSourceAsync(id, version, cancellationToken).ConfigureAwait(false);
    }

    // Which status a console gives to a version that it no longer has is not published; these mean something else for sure.
    private static bool MayBeTheVersion(HttpStatusCode? status) =>
        (int?)status is >= 400 and <= 499 and not (401 or 403 or 407 or 408 or 429);

    private static string Describe(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 => $"HTTP 401: the console does not know api_token; authorized services expire. Check the token ({Reassurance})",
        403 => $"HTTP 403: the role of api_token may not ask this. Check the authorized service's role ({Reassurance})",
        _ => $"The console answers {HttpOutcome.Describe(response)} ({Reassurance})",
    };

    private async ValueTask CheckLogSourceAsync(int id, string? version, CancellationToken cancellationToken)
    {
        string path = $"api/config/event_sources/log_source_management/log_sources/{id}?fields=id,name,enabled";
        JsonElement source;
        try
        {
            source = await GetAsync(path, version, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            throw new HttpRequestException($"The console has no log source {id}. Check log_source_id.", exception, exception.StatusCode);
        }

        if (source.TryGetProperty("enabled", out JsonElement enabled) && enabled.ValueKind == JsonValueKind.False)
            throw new HttpRequestException($"The log source {id} is disabled, so QRadar does not take its events. Enable it, or check log_source_id.");
    }

    private async ValueTask<JsonElement> GetAsync(string path, string? version, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Base, path));
        request.Headers.TryAddWithoutValidation("SEC", options.Token);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (version is not null)
            request.Headers.TryAddWithoutValidation("Version", version);
        using HttpResponseMessage response = await context.Http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new HttpRequestException(Describe(response), inner: null, response.StatusCode);
        string? text = await ResponseText.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text ?? string.Empty);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new HttpRequestException("What answers at api_endpoint is not a console of QRadar: its answer is no JSON object.");
    }
}
