using System.Text;
using System.Text.RegularExpressions;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Secrets;

/// <summary>
/// Expands <c>${NAME}</c> and <c>${file:PATH}</c> in scalars of the parsed tree, once: what comes in is never expanded again and
/// cannot change the structure. <c>$${</c> stands for a literal <c>${</c>.
/// </summary>
internal sealed partial class Expander(Func<string, string?> environment, string baseDirectory, SecretSet secrets, DiagnosticList diagnostics)
{
    private readonly SecretFiles _files = new(baseDirectory, diagnostics);

    public static bool HasPlaceholder(string text)
    {
        for (int at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", at + 2, StringComparison.Ordinal))
        {
            if (at == 0 || text[at - 1] != '$')
                return true;
        }

        return false;
    }

    /// <summary>The text without expansion, its escapes resolved.</summary>
    public static string Unescape(string text) => text.Replace("$${", "${", StringComparison.Ordinal);

    /// <summary>Expands a scalar; <see langword="null"/> after reporting what is missing.</summary>
    /// <param name="scalar">The scalar as written.</param>
    /// <param name="path">The key's dotted path.</param>
    /// <param name="isSecret">Whether the key holds a secret, whatever the variable is called.</param>
    public string? Expand(YamlScalar scalar, string path, bool isSecret)
    {
        string source = scalar.Value;
        var result = new StringBuilder(source.Length);
        bool complete = true;
        int position = 0;
        while (position < source.Length)
        {
            int start = source.IndexOf("${", position, StringComparison.Ordinal);
            if (start < 0)
                break;
            if (start > position && source[start - 1] == '$')
            {
                result.Append(source, position, start - 1 - position).Append("${");
                position = start + 2;
                continue;
            }

            result.Append(source, position, start - position);
            int end = source.IndexOf('}', start);
            if (end < 0)
            {
                diagnostics.Error(scalar.Location, path, "'${' without its '}'; write $${ for a literal ${");
                return null;
            }

            string? value = Resolve(source[(start + 2)..end], scalar.Location, path, isSecret);
            complete &= value is not null;
            result.Append(value);
            position = end + 1;
        }

        if (!complete)
            return null;
        string text = result.Append(source, position, source.Length - position).ToString();
        if (isSecret)
            secrets.Add(text);
        return text;
    }

    private string? Resolve(string name, SourceLocation location, string path, bool isSecret)
    {
        if (name.StartsWith("file:", StringComparison.Ordinal))
        {
            string? content = _files.Read(name["file:".Length..], location, path);
            if (content is not null)
                secrets.Add(content);
            return content;
        }

        if (!VariableName().IsMatch(name))
        {
            // What stands there is not shown: in other tools it would be a default, which may be the secret itself.
            diagnostics.Error(location, path, "a placeholder is neither ${NAME} nor ${file:PATH}; write $${ for a literal ${");
            return null;
        }

        string? value = environment(name);
        if (value is null)
            diagnostics.Error(location, path, $"the environment variable {name} is not set");
        else if (isSecret || SecretNames.LooksSecret(name))
            secrets.Add(value);
        return value;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}
