using System.Text.RegularExpressions;

namespace AuditHost.Plugins;

/// <summary>The names of connectors and formatters in a site file.</summary>
internal static partial class TypeName
{
    public static bool IsValid(string name) => LowerSnakeCase().IsMatch(name);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(_[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LowerSnakeCase();
}
