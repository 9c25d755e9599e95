using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Teams;

/// <summary>Turns a trigger's answer into what became of the message.</summary>
internal sealed partial class TeamsAnswer
{
    private const int MaxBytes = 64 << 10;
    private const int LongestCode = 80;

    /// <summary>Names the run in the workflow's history (Azure Logic Apps, "Workflow triggers").</summary>
    private const string RunHeader = "x-ms-workflow-run-id";

    private readonly IReadOnlyList<int> _successStatus;
    private readonly TimeProvider _time;

    private TeamsAnswer(IReadOnlyList<int> successStatus, TimeProvider time)
    {
        _successStatus = successStatus;
        _time = time;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static TeamsAnswer Create(TeamsSettings settings, TimeProvider time) =>
        settings.SuccessStatus.Any(status => status is < 200 or > 299)
            ? throw new SettingsException("success_status", "Expected status codes from 200 to 299")
            : new TeamsAnswer(settings.SuccessStatus.Count == 0 ? [(int)HttpStatusCode.Accepted] : settings.SuccessStatus, time);

    public async ValueTask<DeliveryResult> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.Accepted && _successStatus.Contains(status))
            return DeliveryResult.Acknowledged(RunOf(response)).WithResponse(status, null);
        TimeSpan? retryAfter = RetryAfter.Of(response, _time);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, MaxBytes, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return Failure(response, answer, retryAfter).WithResponse(status, answer.Text);
        if (FailureWithin(answer.Text, retryAfter) is { } hidden)
            return hidden.WithResponse(status, answer.Text);
        return _successStatus.Contains(status)
            ? DeliveryResult.Acknowledged(RunOf(response)).WithResponse(status, null)
            : DeliveryResult
                .Failed(FailureKind.Misconfigured, $"HTTP {status}, where a workflow's trigger answers 202. Is this its address? If the workflow answers by itself, add {status} to success_status")
                .WithResponse(status, answer.Text);
    }

    /// <summary>The old connectors answered 200, whatever Teams had said: "Microsoft Teams endpoint returned HTTP error 429 with ContextId …".</summary>
    private static DeliveryResult? FailureWithin(string? text, TimeSpan? retryAfter)
    {
        if (text is null || HiddenStatus().Match(text) is not { Success: true } match)
            return null;
        var status = (HttpStatusCode)int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture);
        FailureKind kind = HttpOutcome.Classify(status) ?? FailureKind.Transient;
        return DeliveryResult.Failed(kind, $"Teams answered HTTP {(int)status}, which came back inside a success", retryAfter);
    }

    private static DeliveryResult Failure(HttpResponseMessage response, JsonAnswer answer, TimeSpan? retryAfter)
    {
        FailureKind kind = HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Transient;
        if (kind is FailureKind.Throttled or FailureKind.TooLarge || CodeIn(answer) is not { } code)
            return DeliveryResult.Failed(kind, Describe(response), retryAfter);
        return TriggerError.Find(code) is { } error
            ? DeliveryResult.Failed(error.Kind, $"HTTP {(int)response.StatusCode}, {code}: {error.Text}", retryAfter)
            : DeliveryResult.Failed(kind, $"{Describe(response)} ({code})", retryAfter);
    }

    private static string Describe(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 or 403 => $"HTTP {(int)response.StatusCode}: the trigger refuses the sender. Copy its address again, and let anyone trigger the workflow or set authentication",
        404 or 410 => $"HTTP {(int)response.StatusCode}: there is no such workflow any more, or it is switched off. Look whether it still has an owner, and copy its address again",
        _ => HttpOutcome.Describe(response),
    };

    /// <summary><c>{"error":{"code":"…"}}</c>; one word, or it is something else.</summary>
    private static string? CodeIn(JsonAnswer answer) =>
        answer.Find("error")?.TextOrNull("code") is { Length: > 0 and <= LongestCode } code && code.All(char.IsAsciiLetterOrDigit)
            ? code
            : null;

    private static string? RunOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues(RunHeader, out var values) && values.ToString() is { Length: > 0 and <= LongestCode } run ? run : null;

    [GeneratedRegex(@"\bHTTP error (?<status>[1-5][0-9]{2})\b", RegexOptions.CultureInvariant)]
    private static partial Regex HiddenStatus();
}
