namespace AuditHost.Configuration.Secrets;

/// <summary>The secrets of one site file, gathered while it is read.</summary>
internal sealed class SecretSet
{
    /// <summary>Shorter values would blot out ordinary words; a secret that short protects nothing anyway.</summary>
    public const int ShortestSecret = 8;

    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Values => _values;

    public void Add(string value)
    {
        if (value.Length >= ShortestSecret)
            _values.Add(value);
    }
}
