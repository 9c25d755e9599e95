using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Which numbers OTLP has: integers of 64 bits and doubles. An integer beyond them would become another one as a double; it is text.</summary>
internal static class OtlpNumber
{
    /// <summary>Whether a number that is no integer of 64 bits is a double.</summary>
    public static bool TryGetDouble(EventValue value, out double number)
    {
        number = 0;
        return value.Raw.ContainsAny(".eE"u8) && value.TryGetDouble(out number) && double.IsFinite(number);
    }
}
