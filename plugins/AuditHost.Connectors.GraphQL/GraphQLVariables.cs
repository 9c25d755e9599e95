using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>
/// The variables that a mutation declares. Looked at before anything is sent: a variable that nothing fills would have the server refuse
/// every event as bad input.
/// </summary>
internal static class GraphQLVariables
{
    /// <exception cref="SettingsException">One is missing, or nothing fills it.</exception>
    public static void Check(string query, string variable, string? keyVariable, IReadOnlyCollection<string> further)
    {
        var declared = Declared(query);
        CheckDeclared("variable", variable, declared);
        if (keyVariable is not null)
            CheckDeclared("key_variable", keyVariable, declared);
        foreach (string name in further)
            CheckDeclared($"variables.{name}", name, declared);
        string[] filled = [variable, .. keyVariable is null ? [] : new[] { keyVariable }, .. further];
        if (filled.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: { } twice })
            throw new SettingsException("variables", $"The variable {twice} is filled twice. Give it one value");
        if (declared.FirstOrDefault(one => one.Value && !filled.Contains(one.Key, StringComparer.Ordinal)) is { Key: { } missing })
            throw new SettingsException("variables", $"query declares ${missing} and nothing fills it. Give it a value here, or name it in variable or key_variable");
    }

    private static void CheckDeclared(string setting, string variable, Dictionary<string, bool> declared)
    {
        if (!IsName(variable))
            throw new SettingsException(setting, "Not the name of a variable. Use letters, digits and '_', without the $");
        if (!declared.ContainsKey(variable))
            throw new SettingsException(setting, $"query declares no ${variable}. Add it there, or name another variable here");
    }

    /// <summary>The declarations, each with whether it has to be filled.</summary>
    private static Dictionary<string, bool> Declared(string query)
    {
        var declared = new Dictionary<string, bool>(StringComparer.Ordinal);
        for (int dollar = query.IndexOf('$', StringComparison.Ordinal); dollar >= 0; dollar = query.IndexOf('$', dollar + 1))
        {
            int end = dollar + 1;
            while (end < query.Length && (char.IsAsciiLetterOrDigit(query[end]) || query[end] == '_'))
                end++;
            ReadOnlySpan<char> rest = query.AsSpan(end).TrimStart();
            if (rest is not [':', ..])
                continue;

            // Up to what follows the type: a default, a directive, the next declaration or the end of them.
            ReadOnlySpan<char> type = rest[1..].TrimStart();
            int stop = type.IndexOfAny(",)=@$");
            type = (stop < 0 ? type : type[..stop]).TrimEnd();
            declared[query[(dollar + 1)..end]] = type is [.., '!'] && !(stop >= 0 && rest[1..].TrimStart()[stop] == '=');
        }

        return declared;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(one => char.IsAsciiLetterOrDigit(one) || one == '_');
}
