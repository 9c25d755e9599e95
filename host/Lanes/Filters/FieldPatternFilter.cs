using System.Text.RegularExpressions;
using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

/// <summary>The value, or any element of an array, matches. Without backtracking, so that no event can make it slow.</summary>
internal sealed class FieldPatternFilter(string path, string pattern) : IEventFilter
{
    private readonly Regex _pattern = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public string Description => $"{path} matches {pattern}";

    public bool Passes(AuditEvent auditEvent)
    {
        EventValue value = auditEvent.Find(path);
        if (value.Kind != EventValueKind.Array)
            return value.HasValue && _pattern.IsMatch(value.ToString());
        foreach (EventValue element in new ArrayElements(value))
        {
            if (_pattern.IsMatch(element.ToString()))
                return true;
        }

        return false;
    }
}
