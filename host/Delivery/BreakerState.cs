namespace AuditHost.Delivery;

internal enum BreakerState
{
    Closed,
    Open,
    HalfOpen,
}
