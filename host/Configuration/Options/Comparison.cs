namespace AuditHost.Configuration.Options;

internal enum Comparison
{
    LessThan,
    LessOrEqual,
    GreaterThan,
    GreaterOrEqual,
}
