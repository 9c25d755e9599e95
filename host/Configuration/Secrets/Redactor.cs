using System.Text;
using System.Text.Json;

namespace AuditHost.Configuration.Secrets;

/// <summary>Replaces the values of secrets by <c>***</c>, also where they stand escaped for JSON or for a URL, or as Base64.</summary>
internal sealed class Redactor
{
    private const string Mask = "***";

    private readonly string[] _forms;

    public Redactor(IEnumerable<string> secrets)
    {
        // Longest first: a secret that contains another one must not leave its rest behind.
        _forms = [.. secrets.Where(secret => secret.Length >= SecretSet.ShortestSecret)
            .SelectMany(Forms)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(form => form.Length)];
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

    private static IEnumerable<string> Forms(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        JsonEncodedText.Encode(secret).ToString(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
    ];
}
