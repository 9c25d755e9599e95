namespace AuditHost.Configuration.Keys;

/// <summary>One of several mappings told apart by their <c>type</c>.</summary>
/// <param name="Type">What stands under <c>type</c>.</param>
/// <param name="Keys">Its keys, <c>type</c> among them.</param>
/// <param name="Description">What it is.</param>
internal sealed record Variant(string Type, KeySet Keys, string Description);
