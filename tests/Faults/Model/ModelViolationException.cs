namespace AuditHost.Faults.Model;

/// <summary>The code under test did what the reference model does not allow.</summary>
internal sealed class ModelViolationException(string message, Exception? innerException = null) : Exception(message, innerException);
