namespace AuditHost.Configuration.Secrets;

/// <summary>Tells by its name whether an environment variable holds a secret, for settings whose plugin does not say so.</summary>
internal static class SecretNames
{
    private static readonly HashSet<string> Marks = new(StringComparer.OrdinalIgnoreCase)
    {
        "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PWD", "PASSPHRASE", "KEY", "APIKEY", "CREDENTIAL", "CREDENTIALS",
    };

    private static readonly HashSet<string> HarmlessEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "FILE", "DIR", "ID", "NAME", "HEADER", "ENDPOINT", "URL", "HOST",
    };

    public static bool LooksSecret(string variable)
    {
        string[] words = variable.Split('_');
        return words.Any(Marks.Contains) && !HarmlessEndings.Contains(words[^1]);
    }
}
