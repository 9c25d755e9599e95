namespace AuditHost.Connectors.Otlp;

/// <summary>What a request says besides the events themselves, the same in both encodings.</summary>
/// <param name="Resource">The resource's attributes, in UTF-8.</param>
/// <param name="ScopeName">The scope's name, in UTF-8.</param>
/// <param name="Attributes">The attributes of each record.</param>
/// <param name="Body">What a record's body is.</param>
internal sealed record LogSchema(IReadOnlyList<(byte[] Name, byte[] Value)> Resource, byte[] ScopeName, LogAttribute[] Attributes, BodyKind Body);
