using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class FieldNumberFilter(string path, Comparison comparison, double operand) : IEventFilter
{
    public string Description => $"{path} {Symbol} {operand}";

    private string Symbol => comparison switch
    {
        Comparison.LessThan => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.GreaterThan => ">",
        _ => ">=",
    };

    public bool Passes(AuditEvent auditEvent) => auditEvent.Find(path).TryGetDouble(out double value) && comparison switch
    {
        Comparison.LessThan => value < operand,
        Comparison.LessOrEqual => value <= operand,
        Comparison.GreaterThan => value > operand,
        _ => value >= operand,
    };
}
