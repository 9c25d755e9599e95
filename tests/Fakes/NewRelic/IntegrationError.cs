namespace AuditHost.Fakes.NewRelic;

/// <summary>What an account finds by <c>FROM NrIntegrationError</c>: data that were taken with a success and dropped afterwards.</summary>
/// <param name="RequestId">The id that the request was answered with.</param>
/// <param name="Feature">The API.</param>
/// <param name="Message">Why.</param>
public sealed record IntegrationError(string RequestId, string Feature, string Message);
