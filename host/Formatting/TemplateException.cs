namespace AuditHost.Formatting;

/// <summary>A template that does not compile. The message lists every error as <c>name:line:column: reason</c> with the offending line.</summary>
internal sealed class TemplateException(string message) : Exception(message);
