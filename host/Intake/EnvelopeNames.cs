using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>
/// The member names of the common envelope: first those of copybook-rs, then what other producers call the same thing.
/// </summary>
internal static class EnvelopeNames
{
    /// <summary>Finds the field a top-level member stands for. Rank 0 is the envelope's own name and wins over an alias.</summary>
    public static bool TryMatchTopLevel(ReadOnlySpan<byte> name, out EventField field, out int rank)
    {
        (field, rank) = name.Length switch
        {
            2 when name.SequenceEqual("id"u8) => (EventField.Id, 1),
            4 when name.SequenceEqual("time"u8) => (EventField.Timestamp, 1),
            4 when name.SequenceEqual("type"u8) => (EventField.Type, 1),
            4 when name.SequenceEqual("user"u8) => (EventField.User, 1),
            4 when name.SequenceEqual("host"u8) => (EventField.Host, 1),
            5 when name.SequenceEqual("level"u8) => (EventField.Severity, 1),
            6 when name.SequenceEqual("source"u8) => (EventField.Source, 0),
            7 when name.SequenceEqual("payload"u8) => (EventField.Payload, 0),
            7 when name.SequenceEqual("eventId"u8) => (EventField.Id, 2),
            8 when name.SequenceEqual("event_id"u8) => (EventField.Id, 0),
            8 when name.SequenceEqual("severity"u8) => (EventField.Severity, 0),
            8 when name.SequenceEqual("hostname"u8) => (EventField.Host, 2),
            9 when name.SequenceEqual("timestamp"u8) => (EventField.Timestamp, 0),
            9 when name.SequenceEqual("eventType"u8) => (EventField.Type, 2),
            9 when name.SequenceEqual("operation"u8) => (EventField.Operation, 2),
            10 when name.SequenceEqual("event_type"u8) => (EventField.Type, 0),
            10 when name.SequenceEqual("@timestamp"u8) => (EventField.Timestamp, 2),
            12 when name.SequenceEqual("operation_id"u8) => (EventField.Operation, 1),
            14 when name.SequenceEqual("classification"u8) => (EventField.Classification, 1),
            19 when name.SequenceEqual("compliance_profiles"u8) => (EventField.ComplianceProfiles, 1),
            _ => (default, -1),
        };
        return rank >= 0;
    }

    /// <summary>Finds the field a top-level member of the producer's hash chain stands for.</summary>
    public static bool TryMatchChain(ReadOnlySpan<byte> name, out EventField field)
    {
        (field, bool found) = name.Length switch
        {
            13 when name.SequenceEqual("previous_hash"u8) => (EventField.PreviousHash, true),
            14 when name.SequenceEqual("integrity_hash"u8) => (EventField.IntegrityHash, true),
            _ => (default, false),
        };
        return found;
    }

    /// <summary>Finds the field a member of <c>context</c> stands for.</summary>
    public static bool TryMatchContext(ReadOnlySpan<byte> name, out EventField field)
    {
        (field, bool found) = name.Length switch
        {
            4 when name.SequenceEqual("user"u8) => (EventField.User, true),
            12 when name.SequenceEqual("operation_id"u8) => (EventField.Operation, true),
            19 when name.SequenceEqual("compliance_profiles"u8) => (EventField.ComplianceProfiles, true),
            _ => (default, false),
        };
        return found;
    }

    /// <summary>The path of a field for messages to a sender.</summary>
    public static string PathOf(EventField field) => field switch
    {
        EventField.Id => "$.event_id",
        EventField.Timestamp => "$.timestamp",
        EventField.Type => "$.event_type",
        EventField.Severity => "$.severity",
        EventField.Source => "$.source",
        EventField.User => "$.context.user",
        EventField.Host => "$.context.environment.hostname",
        EventField.Operation => "$.context.operation_id",
        EventField.Classification => "$.context.security.classification",
        EventField.ComplianceProfiles => "$.context.compliance_profiles",
        EventField.Payload => "$.payload",
        _ => "$.payload.data",
    };

    /// <summary>Whether a value of this kind can be the field; anything else is left alone as if it were missing.</summary>
    public static bool Accepts(EventField field, EventValueKind kind) => field switch
    {
        EventField.Id or EventField.Timestamp => kind is EventValueKind.String or EventValueKind.Number,
        EventField.ComplianceProfiles => kind is EventValueKind.Array,
        EventField.Payload or EventField.PayloadData => kind is not EventValueKind.Missing,
        _ => kind is EventValueKind.String,
    };
}
