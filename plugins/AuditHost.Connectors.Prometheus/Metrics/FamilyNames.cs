namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>Gives families the names that a site wants.</summary>
/// <param name="prefix">What every name begins with; empty for none.</param>
/// <param name="choice">Which of a family's names are used where it has two.</param>
internal sealed class FamilyNames(string prefix, NameChoice choice)
{
    /// <summary>A family whose given name keeps the rules.</summary>
    public IReadOnlyList<FamilyName> Of(string name, MetricType type, string help) => [new FamilyName(Prefixed(name), type, help)];

    /// <summary>A family whose given name breaks a rule, and which has a clean one besides.</summary>
    /// <param name="given">The name of the integration design, without prefix.</param>
    /// <param name="type">Its type under that name.</param>
    /// <param name="clean">The name by the rules.</param>
    /// <param name="cleanType">Its type under that name.</param>
    /// <param name="help">What it says.</param>
    /// <param name="givenDivisor">What values are divided by under the given name.</param>
    /// <param name="cleanDivisor">What values are divided by under the clean name.</param>
    public IReadOnlyList<FamilyName> Of(
        string given, MetricType type, string clean, MetricType cleanType, string help, double givenDivisor = 1, double cleanDivisor = 1)
    {
        var first = new FamilyName(Prefixed(given), type, help, givenDivisor);
        var second = new FamilyName(Prefixed(clean), cleanType, help, cleanDivisor);
        return choice switch
        {
            NameChoice.Given => [first],
            NameChoice.Clean => [second],
            _ => [first, second],
        };
    }

    private string Prefixed(string name) => prefix.Length == 0 ? name : $"{prefix}_{name}";
}
