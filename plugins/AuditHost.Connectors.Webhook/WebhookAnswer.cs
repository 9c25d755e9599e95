using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Webhook;

/// <summary>Reads what a webhook answers, by its settings.</summary>
internal sealed class WebhookAnswer
{
    private const int MaxAcknowledgementLength = 256;

    private readonly IReadOnlyList<int> _successStatus;
    private readonly string? _acknowledgementHeader;
    private readonly TimeProvider _time;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public WebhookAnswer(WebhookSettings settings, TimeProvider time)
    {
        if (settings.SuccessStatus.Any(status => status is < 200 or (>= 300 and <= 399) or > 599))
            throw new SettingsException("success_status", "Not status codes of an answer. Use 200 to 299, or 400 to 599; a redirect is never a success");
        if (settings.AcknowledgementHeader is { } header)
            HttpHeader.CheckResponseName("acknowledgement_header", header);
        _successStatus = settings.SuccessStatus;
        _acknowledgementHeader = settings.AcknowledgementHeader;
        _time = time;
    }

    public async ValueTask<DeliveryResult> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        if (_successStatus.Count > 0 && _successStatus.Contains(status))
            return Acknowledge(DeliveryResult.Delivered.WithResponse(status, null), response);
        DeliveryResult result = await HttpOutcome.ReadAsync(response, _time, cancellationToken).ConfigureAwait(false);
        if (!result.IsDelivered)
            return result;
        if (_successStatus.Count == 0)
            return Acknowledge(result, response);
        string? text = await ResponseText.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        return DeliveryResult
            .Failed(FailureKind.Misconfigured, $"HTTP {status}, which success_status does not list. Add it if it means delivered")
            .WithResponse(status, text);
    }

    private DeliveryResult Acknowledge(DeliveryResult result, HttpResponseMessage response)
    {
        if (_acknowledgementHeader is null || !response.Headers.NonValidated.TryGetValues(_acknowledgementHeader, out var values))
            return result;
        string id = values.ToString();
        return result.WithAcknowledgement(id.Length <= MaxAcknowledgementLength ? id : id[..MaxAcknowledgementLength]);
    }
}
