namespace AuditHost.Formatting.Model;

/// <summary>An object or array that still has its bytes: it is written as it was received.</summary>
internal interface IJsonValue
{
    ReadOnlyMemory<byte> Json { get; }
}
