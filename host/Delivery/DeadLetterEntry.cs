namespace AuditHost.Delivery;

/// <summary>One record of the dead letters' log: a letter, or what became of earlier ones.</summary>
internal sealed record DeadLetterEntry(DeadLetter? Letter = null, DeadLetterResolution? Resolution = null);
