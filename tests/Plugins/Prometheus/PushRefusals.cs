using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>What each refusal of a push means: never that an event is at fault.</summary>
internal static class PushRefusals
{
    public static TheoryData<int, FailureKind> All => new()
    {
        { 301, FailureKind.Misconfigured },
        { 400, FailureKind.Misconfigured },
        { 401, FailureKind.Misconfigured },
        { 403, FailureKind.Misconfigured },
        { 404, FailureKind.Misconfigured },
        { 405, FailureKind.Misconfigured },
        { 408, FailureKind.Transient },
        { 409, FailureKind.Misconfigured },
        { 413, FailureKind.Misconfigured },
        { 415, FailureKind.Misconfigured },
        { 422, FailureKind.Misconfigured },
        { 429, FailureKind.Throttled },
        { 500, FailureKind.Transient },
        { 501, FailureKind.Misconfigured },
        { 502, FailureKind.Transient },
        { 503, FailureKind.Transient },
        { 504, FailureKind.Transient },
    };
}
