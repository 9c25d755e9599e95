using System.Text;
using System.Text.Json;

namespace AuditHost.Configuration.Secrets;

/// <summary>Replaces the values of secrets by <c>***</c>, also where they stand escaped for JSON or for a URL, or as Base64.</summary>
internal sealed class Redactor
{
    private const string Mask = "***";

    /// <summary>How many tokens are remembered; older ones have ended, or been replaced.</summary>
    private const int MostTokens = 256;

    private readonly Lock _gate = new();
    private readonly string[] _secrets;
    private readonly Queue<string> _tokens = [];
    private volatile string[] _forms;

    public Redactor(IEnumerable<string> secrets)
    {
        _secrets = [.. secrets];
        _forms = FormsOf(_secrets);
    }

    /// <summary>Learns of a secret that came up while the host ran: a token that a destination's authorization server issued.</summary>
    public void Learn(string token)
    {
        lock (_gate)
        {
            if (_tokens.Contains(token))
                return;
            if (_tokens.Count == MostTokens)
                _tokens.Dequeue();
            _tokens.Enqueue(token);
            _forms = FormsOf([.. _secrets, .. _tokens]);
        }
    }

    public string Redact(string text)
    {
        foreach (string form in _forms)
        {
            if (text.Contains(form, StringComparison.Ordinal))
                text = text.Replace(form, Mask, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Longest first: a secret that contains another one must not leave its rest behind.</summary>
    private static string[] FormsOf(IEnumerable<string> secrets) =>
    [
        .. secrets.Where(secret => secret.Length >= SecretSet.ShortestSecret)
            .SelectMany(Forms)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(form => form.Length),
    ];

    private static IEnumerable<string> Forms(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        JsonEncodedText.Encode(secret).ToString(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
    ];
}
