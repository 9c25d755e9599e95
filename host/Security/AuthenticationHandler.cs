using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Security;

/// <summary>Puts a destination's credentials on every request, in place of whatever the connector put there.</summary>
internal sealed class AuthenticationHandler : DelegatingHandler
{
    private readonly string _header;
    private readonly string _value;

    /// <exception cref="SettingsException">The credentials cannot stand in a header.</exception>
    public AuthenticationHandler(AuthenticationOptions options, HttpMessageHandler inner)
        : base(inner)
    {
        (_header, _value) = options switch
        {
            AuthenticationOptions.BearerToken bearer =>
                ("Authorization", $"Bearer {HeaderText.CheckValue("authentication.token", bearer.Token)}"),
            AuthenticationOptions.ApiKey key => (CheckHeader(key.Header), HeaderText.CheckValue("authentication.value", key.Value)),
            AuthenticationOptions.Basic basic => ("Authorization", $"Basic {Encode(basic)}"),
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(_header);
        request.Headers.TryAddWithoutValidation(_header, _value);
        return base.SendAsync(request, cancellationToken);
    }

    private static string CheckHeader(string name)
    {
        HeaderText.CheckName("authentication.header", name);
        bool reserved = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Host", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);
        return reserved
            ? throw new SettingsException("authentication.header", $"'{name}' belongs to the connection. Name the header that carries the key, for instance X-API-Key")
            : name;
    }

    private static string Encode(AuthenticationOptions.Basic basic)
    {
        if (basic.Username.Contains(':'))
            throw new SettingsException("authentication.username", "Has a colon, which ends the name in basic authentication. Remove it");
        CheckNoControls("authentication.username", basic.Username);
        CheckNoControls("authentication.password", basic.Password);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.Username}:{basic.Password}"));
    }

    private static void CheckNoControls(string setting, string value)
    {
        if (value.Any(char.IsControl))
            throw new SettingsException(setting, "Has a line break or another control character. Does its file end in a line break?");
    }
}
