using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>Where a value lies, counted from the event's first byte. Strings without their quotes.</summary>
internal readonly record struct FieldRange(int Start, int Length, EventValueKind Kind)
{
    public EventValue Read(ReadOnlySpan<byte> json) => new(Kind, json.Slice(Start, Length));
}
