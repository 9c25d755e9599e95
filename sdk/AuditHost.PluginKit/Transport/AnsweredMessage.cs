namespace AuditHost.PluginKit.Transport;

/// <summary>A message of a batch: where its id lies in the batch's buffer, and whether it was answered.</summary>
internal record struct AnsweredMessage(int Start, int Length, bool IsAnswered);
