namespace AuditHost.Configuration.Keys;

/// <summary>A scalar ready to be read: expanded, with what is known of how it was written.</summary>
/// <param name="Key">The key as the file names it; its ending can tell the unit.</param>
/// <param name="Text">The text.</param>
/// <param name="IsUntyped">Whether it may stand for a number or a boolean: written without quotes, or filled in from outside.</param>
internal readonly record struct ScalarText(string Key, string Text, bool IsUntyped);
