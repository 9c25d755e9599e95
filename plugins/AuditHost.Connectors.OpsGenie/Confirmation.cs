using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Asks what became of a request that is queued, until it is processed. How long that may take is the host's timeout.</summary>
internal sealed class Confirmation
{
    private readonly AlertsAddress _address;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly TimeSpan _pause;
    private readonly HttpEndpoints _endpoints;
    private readonly PluginContext _context;

    private Confirmation(AlertsAddress address, AuthenticationHeaderValue authorization, TimeSpan pause, HttpEndpoints endpoints, PluginContext context)
    {
        _address = address;
        _authorization = authorization;
        _pause = pause;
        _endpoints = endpoints;
        _context = context;
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static Confirmation Create(
        OpsGenieSettings settings, AlertsAddress address, AuthenticationHeaderValue key, HttpEndpoints endpoints, PluginContext context)
    {
        if (settings.ConfirmPollSeconds is not (>= 0.1 and <= 60))
            throw new SettingsException("confirm_poll_seconds", "Expected 0.1 to 60");
        return new Confirmation(
            address, settings.Api == OpsGenieApi.OpsGenie ? key : AccountOf(settings), TimeSpan.FromSeconds(settings.ConfirmPollSeconds), endpoints, context);
    }

    /// <summary>Waits until a request is processed.</summary>
    /// <param name="endpoint">The one that queued it.</param>
    /// <param name="requestId">What it is called there.</param>
    /// <param name="closes">Whether it closes an alert.</param>
    /// <param name="cancellationToken">Carries the deadline.</param>
    public async ValueTask<DeliveryResult> WaitAsync(Uri endpoint, string requestId, bool closes, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(_pause, _context.Time, cancellationToken).ConfigureAwait(false);
            using var request = new HttpRequestMessage(HttpMethod.Get, _address.Status(endpoint, requestId));
            request.Headers.Authorization = _authorization;
            using HttpResponseMessage response = await _endpoints.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
            using JsonAnswer answer = await JsonAnswer.ReadAsync(response, AlertAnswer.MaxBytes, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK && Outcome(answer) is { } outcome)
                return outcome.IsSuccess ? DeliveryResult.Acknowledged(requestId).WithResponse(200, null) : Unsuccessful(requestId, outcome.Status, closes, answer);

            // Not processed yet.
            if (response.StatusCode == HttpStatusCode.NotFound && answer.Root is { ValueKind: JsonValueKind.Object })
                continue;
            return Unanswered(AlertAnswer.Failure(response, answer, isAction: false, _context.Time));
        }
    }

    private static DeliveryResult Unsuccessful(string requestId, string? status, bool closes, JsonAnswer answer)
    {
        // What is closed already needs no closing.
        if (closes && status is not null && status.Contains("does not exist", StringComparison.OrdinalIgnoreCase))
            return DeliveryResult.Acknowledged(requestId).WithResponse(200, null);
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
