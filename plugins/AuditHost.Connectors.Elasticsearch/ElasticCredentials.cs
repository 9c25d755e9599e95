using System.Net.Http.Headers;
using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Who is asking: an API key, a user, or whatever the host's <c>authentication</c> adds.</summary>
internal sealed class ElasticCredentials
{
    private readonly string[] _secrets;

    private ElasticCredentials(AuthenticationHeaderValue? header, params string[] secrets)
    {
        Header = header;
        _secrets = secrets;
    }

    /// <summary>The header; <see langword="null"/> where the settings have no credentials.</summary>
    public AuthenticationHeaderValue? Header { get; }

    /// <exception cref="SettingsException">They cannot work.</exception>
    public static ElasticCredentials Create(ElasticSettings settings)
    {
        if (settings.ApiKey is { } apiKey)
        {
            if (settings.Username is not null || settings.Password is not null)
                throw new SettingsException("username", "There is an api_key too. Remove one of them");
            return OfKey(HttpHeader.CheckValue("api_key", apiKey));
        }

        if (settings.Username is null && settings.Password is null)
            return new ElasticCredentials(null);
        if (string.IsNullOrEmpty(settings.Username) || settings.Username.Contains(':', StringComparison.Ordinal))
            throw new SettingsException("username", "Missing, empty or with a ':'. Give the user's name");
        if (string.IsNullOrEmpty(settings.Password))
            throw new SettingsException("password", "Missing or empty. Give the user's password");
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Username}:{settings.Password}"));
        return new ElasticCredentials(new AuthenticationHeaderValue("Basic", encoded), encoded, settings.Password);
    }

    /// <summary>Whether a text from outside repeats a secret, so that it must not be shown.</summary>
    public bool StandIn(string text) => Array.Exists(_secrets, secret => text.Contains(secret, StringComparison.Ordinal));

    // Base64 has no colon, so one tells the two forms apart.
    private static ElasticCredentials OfKey(string key)
    {
        if (key.Length == 0)
            throw new SettingsException("api_key", "Empty. Give it the value `encoded` of the API key");
        int colon = key.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return new ElasticCredentials(new AuthenticationHeaderValue("ApiKey", key), key);
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(key));
        return new ElasticCredentials(new AuthenticationHeaderValue("ApiKey", encoded), encoded, key, key[(colon + 1)..]);
    }
}
