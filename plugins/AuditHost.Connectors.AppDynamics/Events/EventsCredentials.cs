using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>Who publishes: the account and its key, each in a header of AppDynamics's own.</summary>
internal sealed class EventsCredentials
{
    private readonly string _account;
    private readonly string _key;

    private EventsCredentials(string account, string key)
    {
        _account = account;
        _key = key;
    }

    /// <exception cref="SettingsException">One is missing or cannot stand in a header.</exception>
    public static EventsCredentials Of(AppDynamicsSettings settings) => new(
        Check("account_name", settings.AccountName, "Give it the global account name, which the Controller's licence page shows"),
        Check("api_key", settings.ApiKey, "Give it an API key of Analytics, which the Controller makes under Analytics, Configuration, API Keys"));

    public void Sign(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("X-Events-API-AccountName", _account);
        request.Headers.TryAddWithoutValidation("X-Events-API-Key", _key);
    }

    private static string Check(string setting, string? value, string remedy) =>
        string.IsNullOrEmpty(value) ? throw new SettingsException(setting, $"Missing. {remedy}") : HttpHeader.CheckValue(setting, value);
}
