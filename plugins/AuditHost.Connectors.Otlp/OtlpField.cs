namespace AuditHost.Connectors.Otlp;

/// <summary>The numbers of the fields that are written or read (github.com/open-telemetry/opentelemetry-proto, v1; google.rpc.Status).</summary>
internal static class OtlpField
{
    public const int RequestResourceLogs = 1;

    public const int ResourceLogsResource = 1;
    public const int ResourceLogsScopeLogs = 2;

    public const int ResourceAttributes = 1;

    public const int ScopeLogsScope = 1;
    public const int ScopeLogsRecords = 2;

    public const int ScopeName = 1;

    public const int RecordTime = 1;
    public const int RecordSeverityNumber = 2;
    public const int RecordSeverityText = 3;
    public const int RecordBody = 5;
    public const int RecordAttributes = 6;
    public const int RecordObservedTime = 11;
    public const int RecordEventName = 12;

    public const int KeyValueKey = 1;
    public const int KeyValueValue = 2;

    public const int AnyString = 1;
    public const int AnyBool = 2;
    public const int AnyInt = 3;
    public const int AnyDouble = 4;
    public const int AnyArray = 5;
    public const int AnyMap = 6;

    /// <summary>Of <c>ArrayValue</c> and of <c>KeyValueList</c>.</summary>
    public const int ListValues = 1;

    public const int ResponsePartialSuccess = 1;
    public const int PartialRejected = 1;
    public const int PartialMessage = 2;
    public const int StatusMessage = 2;
}
