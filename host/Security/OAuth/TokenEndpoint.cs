using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Security.OAuth;

/// <summary>
/// The authorization server's token endpoint (RFC 6749, 4.4): exchanges the client's name and secret for a token. Its answers never get
/// into an error as they are.
/// </summary>
/// <param name="options">Where it is, and who asks for what.</param>
/// <param name="http">How it is reached. Not disposed here.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenEndpoint(AuthenticationOptions.OAuth options, HttpMessageInvoker http, TimeProvider time)
{
    private const int MostAnswerBytes = 64 << 10;

    /// <summary>For servers that do not say (RFC 6749, 5.1, only recommends it).</summary>
    private static readonly TimeSpan UnsaidLifetime = TimeSpan.FromMinutes(5);

    /// <summary>A token is renewed so long before its end at least, so that none ends on its way.</summary>
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMinutes(1);

    /// <exception cref="SettingsException">The client is refused, for as long as nobody changes the settings.</exception>
    /// <exception cref="HttpRequestException">There is no token now.</exception>
    public async Task<AccessToken> RequestAsync(CancellationToken cancellationToken)
    {
        long asked = time.GetTimestamp();
        using HttpRequestMessage request = CreateRequest();
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(MostAnswerBytes, cancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Refusal(response.StatusCode, body);
        return ReadToken(body, asked);
    }

    private HttpRequestMessage CreateRequest()
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (options.Scopes.Count > 0)
            form.Add(new("scope", string.Join(' ', options.Scopes)));
        if (options.Audience is { } audience)
            form.Add(new("audience", audience));
        if (options.SecretInBody)
            form.AddRange([new("client_id", options.ClientId), new("client_secret", options.ClientSecret)]);
        var request = new HttpRequestMessage(HttpMethod.Post, options.TokenEndpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (!options.SecretInBody)
        {
            // RFC 6749, 2.3.1: both are encoded as in a form before they are joined.
            string pair = $"{WebUtility.UrlEncode(options.ClientId)}:{WebUtility.UrlEncode(options.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }

        return request;
    }

    private AccessToken ReadToken(byte[] body, long asked)
    {
        using JsonDocument? answer = Parse(body);
        if (answer is null || Text(answer, "access_token") is not { Length: > 0 } value || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new HttpRequestException($"{Place} answered without a token that can be used.");
        if (Text(answer, "token_type") is { } type && !type.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            throw new SettingsException("authentication", $"{Place} gives tokens of another type than Bearer.");
        TimeSpan lifetime = Lifetime(answer);
        TimeSpan margin = TimeSpan.FromTicks(Math.Min(Math.Max(LeastMargin.Ticks, lifetime.Ticks / 10), lifetime.Ticks / 2));

        // Hosts that started together do not all ask together.
        margin += margin * (Random.Shared.NextDouble() / 4);
        return new AccessToken(value, asked, lifetime - margin, lifetime);
    }

    private static TimeSpan Lifetime(JsonDocument answer)
    {
        if (!answer.RootElement.TryGetProperty("expires_in", out JsonElement said))
            return UnsaidLifetime;

        // Some servers write the number as a text.
        double seconds = said.ValueKind switch
        {
            JsonValueKind.Number => said.GetDouble(),
            JsonValueKind.String when double.TryParse(said.GetString(), CultureInfo.InvariantCulture, out double number) => number,
            _ => 0,
        };
        return seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : UnsaidLifetime;
    }

    private Exception Refusal(HttpStatusCode status, byte[] body)
    {
        using JsonDocument? answer = Parse(body);
        string? error = answer is null ? null : Text(answer, "error");
        string text = $"{Place} answered {(int)status}{(IsErrorCode(error) ? $" {error}" : string.Empty)}";
        bool isFinal = (int)status is >= 300 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
            && error is not ("temporarily_unavailable" or "server_error" or "slow_down");
        return isFinal
            ? new SettingsException("authentication", $"{text}. Check client_id, client_secret, token_endpoint and scopes.")
            : new HttpRequestException($"{text}.", null, status);
    }

    /// <summary>One of the standard's words, or what looks like one: descriptions are anybody's text and stay out.</summary>
    private static bool IsErrorCode(string? error) => error is { Length: > 0 and <= 64 } && error.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '-' or '.');

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            JsonDocument answer = JsonDocument.Parse(body);
            if (answer.RootElement.ValueKind == JsonValueKind.Object)
                return answer;
            answer.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonDocument answer, string name) =>
        answer.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private string Place => $"The token endpoint {options.TokenEndpoint.IdnHost}:{options.TokenEndpoint.Port}";
}
