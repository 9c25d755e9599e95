namespace AuditHost.Sdk.Testing;

/// <summary>Looks for secrets in all that a connector says: log lines, reasons, exceptions.</summary>
internal static class SecretCheck
{
    /// <summary>The secret settings of the destination, of which a test must give one where the schema has any.</summary>
    public static IReadOnlyList<string> SecretsOf(ConformanceBench bench)
    {
        IReadOnlyList<string> secrets = SecretSettings.In(bench.Factory, bench.Destination.Settings);
        Rule.Secrets.Holds(
            secrets.Count > 0 || !SecretSettings.AreIn(bench.Factory),
            $"'{bench.Factory.Type}' has secret settings, and the test's settings give none.",
            "Give one a value in Settings, so that the kit can look for it in what the connector says.");
        return secrets;
    }

    public static void Check(IReadOnlyList<string> secrets, TestPluginContext context, params IEnumerable<SendOutcome> outcomes)
    {
        const string Remedy = "Log and explain without quoting: what the destination wrote belongs into WithResponse, which the host redacts, and never into a reason, a log line or an exception.";
        foreach (LogEntry entry in context.Entries)
            Rule.Secrets.Holds(!Holds(entry.Message) && !Holds(entry.Exception), $"A secret was logged with level {entry.Level}.", Remedy);
        foreach (SendOutcome outcome in outcomes)
        {
            Rule.Secrets.Holds(!Holds(outcome.Exception?.ToString()), $"A secret stands in a {outcome.Exception?.GetType().Name}.", Remedy);
            Rule.Secrets.Holds(!Holds(outcome.Result.Reason), "A secret stands in the reason of a failure.", Remedy);
            foreach (EventFailure failure in outcome.Result.Failures ?? [])
                Rule.Secrets.Holds(!Holds(failure.Reason), $"A secret stands in the reason of the failure of event {failure.Index}.", Remedy);
        }

        bool Holds(string? text) => text is not null && secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));
    }
}
