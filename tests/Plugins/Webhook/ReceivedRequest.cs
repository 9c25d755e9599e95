namespace AuditHost.Tests.Webhook;

/// <summary>One request as a receiver saw it, its body unpacked.</summary>
internal sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
