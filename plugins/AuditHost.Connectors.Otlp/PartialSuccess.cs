using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Otlp;

/// <summary>
/// What becomes of a batch of which some records were rejected. The answer has their number and not their names, and the batch must not
/// be sent again, in parts neither: nobody can say of one event whether it was delivered.
/// </summary>
public enum PartialSuccess
{
    /// <summary>Every event of the batch is kept as a dead letter: none is claimed to be delivered that may not be.</summary>
    [JsonStringEnumMemberName("dead_letters")]
    DeadLetters,

    /// <summary>The batch counts as delivered. A warning and the receipts say how many were not.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,
}
