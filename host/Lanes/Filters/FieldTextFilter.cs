using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

/// <summary>The value, or any element of an array, is one of a few texts.</summary>
internal sealed class FieldTextFilter(string path, IReadOnlyList<string> values) : IEventFilter
{
    private readonly TextSet _values = new(values);

    public string Description => $"{path} is one of {_values}";

    public bool Passes(AuditEvent auditEvent)
    {
        EventValue value = auditEvent.Find(path);
        if (value.Kind != EventValueKind.Array)
            return _values.Contains(value);
        foreach (EventValue element in new ArrayElements(value))
        {
            if (_values.Contains(element))
                return true;
        }

        return false;
    }
}
