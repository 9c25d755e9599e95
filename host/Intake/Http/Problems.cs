using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuditHost.Intake.Http;

/// <summary>The refusals of the intake.</summary>
internal static class Problems
{
    private const string TypeTitle = "The body's type is not supported";

    public static Problem Unauthorized() => new(
        StatusCodes.Status401Unauthorized, "unauthorized", "A token is required",
        "Send one of the tokens of host.http.tokens as 'Authorization: Bearer TOKEN'.")
    {
        Header = (HeaderNames.WWWAuthenticate, "Bearer"),
    };

    public static Problem BadQuery(string detail) => new(StatusCodes.Status400BadRequest, "bad-query", "The query cannot be understood", detail);

    public static Problem BadBody(string detail) => new(StatusCodes.Status400BadRequest, "bad-body", "The body cannot be read", detail);

    public static Problem BadEvents(IReadOnlyList<EventProblem> errors, int count) => new(
        StatusCodes.Status400BadRequest, "bad-events", "The request holds bad events",
        $"Bad events: {count.ToString(CultureInfo.InvariantCulture)}. Nothing of the request was taken; mend them and send it again.")
    {
        Errors = errors,
        ErrorCount = count,
    };

    public static Problem TooLarge(string what, long limit, string key) => new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large",
        string.Create(CultureInfo.InvariantCulture, $"{what} is larger than {limit} bytes. Send less at once, or raise {key}."))
    {
        LimitKey = key,
        Limit = limit,
    };

    public static Problem TooDense() => new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large",
        $"The body decompresses to more than {IntakeLimits.MaxRatio} times its size, which is refused whatever {IntakeLimits.DecompressedKey} says. "
        + "Send it uncompressed, or less than 1 MiB of events at once.")
    {
        Limit = IntakeLimits.MaxRatio,
    };

    public static Problem TooMany() => new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large",
        string.Create(CultureInfo.InvariantCulture, $"The request holds more than {IntakeLimits.MaxEvents} events. Split it."))
    {
        Limit = IntakeLimits.MaxEvents,
    };

    public static Problem UnsupportedType(string? type, params string[] supported) => Unsupported(
        string.IsNullOrEmpty(type) ? "The request has no Content-Type." : $"'{type}' is no type that events come in.",
        supported,
        ("Accept-Post", string.Join(", ", supported)));

    public static Problem UnsupportedCharset(string charset) =>
        Unsupported($"The charset '{charset}' is not taken. Send UTF-8.", ["utf-8"], null);

    public static Problem UnsupportedEncoding(string encoding) => Unsupported(
        $"The content encoding '{encoding}' is not taken. Use none or exactly one of those supported.",
        ContentCodings.Supported.Split(", "),
        (HeaderNames.AcceptEncoding, ContentCodings.Supported));

    public static Problem TooFast(string source, TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests, "too-fast", "Events come too fast",
        $"The source {source} takes no more events at the moment (rate_limiting). Nothing of the request was taken; send it again later.")
    {
        Header = RetryAfter(retryAfter),
    };

    public static Problem Unavailable(string detail, TimeSpan retryAfter) => new(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "No events are taken now", detail)
    {
        Header = RetryAfter(retryAfter),
    };

    private static (string Name, string Value) RetryAfter(TimeSpan wait) =>
        (HeaderNames.RetryAfter, Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("F0", CultureInfo.InvariantCulture));

    private static Problem Unsupported(string detail, IReadOnlyList<string> supported, (string Name, string Value)? header) => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported", TypeTitle, detail)
    {
        Supported = supported,
        Header = header,
    };
}
