using System.Globalization;

namespace AuditHost.Fakes.QRadar;

/// <summary>
/// The REST API of a console: an authorized service's token in the header SEC, the three newest versions and the one before them, JSON errors.
/// It has no intake of events, whatever is posted.
/// </summary>
public sealed class FakeConsole : FakeHttpServer
{
    private const string LogSources = "/api/config/event_sources/log_source_management/log_sources/";

    /// <summary>The token of an authorized service.</summary>
    public const string Token = "5f1e7c9a-0000-4000-8000-2b6d8e4f1a3c";

    /// <summary>The versions this console knows: those of 7.5.0 Update Package 14.</summary>
    public IReadOnlyCollection<string> Versions { get; init; } = ["27.0", "26.0", "25.0", "24.0"];

    /// <summary>What it answers to another version; IBM publishes no status for it.</summary>
    public int RefusedVersionStatus { get; init; } = 422;

    /// <summary>Whether the authorized service's role may look at log sources.</summary>
    public bool MaySeeLogSources { get; init; } = true;

    /// <summary>The log sources: id to enabled.</summary>
    public IReadOnlyDictionary<int, bool> Sources { get; init; } = new Dictionary<int, bool> { [12345] = true };

    protected override FakeAnswer Answer(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Header("SEC") != Token)
            return Refuse("The token is missing or wrong", Error(401, 18, "No SEC header present in request or the token is not valid."));
        if (request.Header("Version") is { Length: > 0 } version && !Versions.Contains(version))
            return Refuse($"Version {version} is not supported", Error(RefusedVersionStatus, 34, "The API version is not supported."));
        if (request.Header("Accept") != "application/json")
            return Refuse("Accept is not application/json", Error(406, 12, "Not acceptable."));
        if (request.Method != "GET")
            return Refuse($"{request.Method} {request.Path}: the API takes no events", Error(request.Path.StartsWith("/api/", StringComparison.Ordinal) ? 405 : 404, 3, "Not allowed."));
        if (request.Path == "/api/system/about")
            return new FakeAnswer(200, """{"build_version":"2026.11.0.1","external_version":"7.5.0","release_name":"7.5.0 UpdatePackage 14","fips_enabled":false}""");
        if (!request.Path.StartsWith(LogSources, StringComparison.Ordinal))
            return Refuse($"{request.Path} is no endpoint", Error(404, 3, "The endpoint does not exist."));
        if (!MaySeeLogSources)
            return Error(403, 26, "The role has not the capability.");
        bool isId = int.TryParse(request.Path[LogSources.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int id);
        return isId && Sources.TryGetValue(id, out bool enabled)
            ? new FakeAnswer(200, $$"""{"id":{{id}},"name":"AuditHost","enabled":{{(enabled ? "true" : "false")}}}""")
            : Error(404, 1002, "The log source does not exist.");
    }

    private static FakeAnswer Error(int status, int code, string message) => new(
        status, $$$"""{"http_response":{"code":{{{status}}},"message":"Refused."},"code":{{{code}}},"description":"","details":{},"message":"{{{message}}}"}""");
}
