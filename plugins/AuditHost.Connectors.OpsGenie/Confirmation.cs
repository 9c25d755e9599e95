using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>
/// Asks what became of a request that is queued, until it is processed. How long that may take is the host's timeout; what was not told by then
/// is asked for again before the same message is sent once more.
/// </summary>
internal sealed class Confirmation
{
    /// <summary>Most requests are processed at once, and no timeout is so short that there is but one question.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly AlertsAddress _address;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly TimeSpan _longestPause;
    private readonly bool _asksElsewhere;
    private readonly HttpEndpoints _endpoints;
    private readonly PluginContext _context;
    private QueuedRequest? _untold;
    private bool _hasTold;

    private Confirmation(OpsGenieSettings settings, AlertsAddress address, AuthenticationHeaderValue authorization, HttpEndpoints endpoints, PluginContext context)
    {
        _address = address;
        _authorization = authorization;
        _longestPause = TimeSpan.FromSeconds(settings.ConfirmPollSeconds);
        _asksElsewhere = settings.Api == OpsGenieApi.JiraServiceManagement;
        _endpoints = endpoints;
        _context = context;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static Confirmation Create(
        OpsGenieSettings settings, AlertsAddress address, AuthenticationHeaderValue key, HttpEndpoints endpoints, PluginContext context)
    {
        if (settings.ConfirmPollSeconds is not (>= 0.1 and <= 10))
            throw new SettingsException("confirm_poll_seconds", "Expected 0.1 to 10: with longer pauses the destination's timeout would come before the answer");
        return new Confirmation(settings, address, settings.Api == OpsGenieApi.OpsGenie ? key : AccountOf(settings), endpoints, context);
    }

    /// <summary>What became of a message that an earlier attempt has queued, and of which it was not told any more.</summary>
    /// <returns><see langword="null"/> where the message is to be sent.</returns>
    public async ValueTask<DeliveryResult?> FindAsync(AlertAction action, string alias, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (_untold is not { } request || !request.Is(action, alias, body.Span))
            return null;
        if (await AskAsync(request, cancellationToken).ConfigureAwait(false) is { } told)
            return told;
        if (_asksElsewhere && !_hasTold)
        {
            return DeliveryResult.Failed(
                FailureKind.Misconfigured,
                "HTTP 404: the message is queued, and of no message it was told yet whether it was processed. Check cloud_id, and whether api_user may read alerts of that site");
        }

        _untold = null;
        return null;
    }

    /// <summary>Waits until a request is processed.</summary>
    /// <param name="request">What is queued.</param>
    /// <param name="cancellationToken">Carries the deadline.</param>
    public async ValueTask<DeliveryResult> WaitAsync(QueuedRequest request, CancellationToken cancellationToken)
    {
        _untold = request;
        TimeSpan pause = FirstPause;
        while (true)
        {
            if (await AskAsync(request, cancellationToken).ConfigureAwait(false) is { } told)
                return told;
            await Task.Delay(pause, _context.Time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
    }

    /// <returns><see langword="null"/> where it is not processed yet.</returns>
    private async ValueTask<DeliveryResult?> AskAsync(QueuedRequest queued, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address.Status(queued.Endpoint, queued.Id));
        request.Headers.Authorization = _authorization;
        using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, queued.Endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, AlertAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK && Outcome(answer) is { } outcome)
        {
            _hasTold = true;
            _untold = null;
            return outcome.IsSuccess
                ? DeliveryResult.Acknowledged(queued.Id).WithResponse(200, null)
                : Unsuccessful(queued, outcome.Status, answer);
        }

        return response.StatusCode == HttpStatusCode.NotFound && answer.Root is { ValueKind: JsonValueKind.Object }
            ? null
            : Unanswered(AlertAnswer.Failure(response, answer, isAction: false, _context.Time));
    }

    private static DeliveryResult Unsuccessful(QueuedRequest queued, string? status, JsonAnswer answer)
    {
        // What is closed already needs no closing.
        if (queued.Action == AlertAction.Resolve && status is not null && status.Contains("does not exist", StringComparison.OrdinalIgnoreCase))
            return DeliveryResult.Acknowledged(queued.Id).WithResponse(200, null);
        return DeliveryResult.Failed(FailureKind.Rejected, "The message was queued, and refused when it was processed").WithResponse(200, answer.Text);
    }

    /// <summary>A question that was refused says nothing against the message, which is queued.</summary>
    private static DeliveryResult Unanswered(DeliveryResult failure) => failure.Kind is FailureKind.Rejected or FailureKind.TooLarge
        ? DeliveryResult.Failed(FailureKind.Transient, $"Nothing says whether the message was processed: {failure.Reason}").WithResponse(failure.Status, failure.Response)
        : failure;

    /// <summary>OpsGenie tells it under <c>data</c>, Jira Service Management at the top.</summary>
    private static (bool IsSuccess, string? Status)? Outcome(JsonAnswer answer)
    {
        if (answer.Root is not { ValueKind: JsonValueKind.Object } root)
            return null;
        JsonElement data = answer.Find("data") is { ValueKind: JsonValueKind.Object } inner ? inner : root;
        return data.MemberOrNull("isSuccess") is { ValueKind: JsonValueKind.True or JsonValueKind.False } success
            ? (success.ValueKind == JsonValueKind.True, data.TextOrNull("status"))
            : null;
    }

    private static AuthenticationHeaderValue AccountOf(OpsGenieSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.CloudId))
            throw new SettingsException("cloud_id", "Missing, and Jira Service Management tells what became of a message there alone. Give it the site's id, or set confirm: false");
        if (string.IsNullOrWhiteSpace(settings.ApiUser))
            throw new SettingsException("api_user", "Missing, and confirm needs an account that may read alerts. Give it the account's e-mail address, or set confirm: false");
        if (string.IsNullOrWhiteSpace(settings.ApiToken))
            throw new SettingsException("api_token", "Missing, and confirm needs an account that may read alerts. Give it the account's API token, or set confirm: false");
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.ApiUser}:{settings.ApiToken}")));
    }
}
