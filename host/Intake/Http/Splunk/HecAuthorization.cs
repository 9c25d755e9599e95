using System.Buffers.Text;
using System.Text;
using AuditHost.Security;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http.Splunk;

/// <summary>Checks the token of a request: <c>Authorization: Splunk TOKEN</c>, or Basic with the token as password and any user.</summary>
internal sealed class HecAuthorization(BearerTokenAuthenticator tokens)
{
    private const string Splunk = "Splunk ";
    private const string Basic = "Basic ";

    /// <summary>Why a caller may not pass; <see langword="null"/> where he may.</summary>
    public HecCode? FaultOf(HttpContext http)
    {
        if (!tokens.IsRequired || CallerCheck.CameOverSocket(http))
            return null;
        if (http.Request.Headers.Authorization is not [{ Length: > 0 } header])
            return HecCode.TokenIsRequired;
        if (TokenIn(header) is not { } token)
            return HecCode.InvalidAuthorization;
        return tokens.AcceptsToken(token) ? null : HecCode.InvalidToken;
    }

    private static string? TokenIn(string header)
    {
        if (header.StartsWith(Splunk, StringComparison.OrdinalIgnoreCase))
            return header[Splunk.Length..].Trim(' ');
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) || !Base64.IsValid(header.AsSpan(Basic.Length).Trim(' ')))
            return null;
        string credentials = Encoding.UTF8.GetString(Convert.FromBase64String(header[Basic.Length..].Trim(' ')));
        int colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : credentials[(colon + 1)..];
    }
}
