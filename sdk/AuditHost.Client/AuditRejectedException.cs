namespace AuditHost.Client;

/// <summary>The host takes this event under no circumstances, or the client is configured such that it takes none.</summary>
public sealed class AuditRejectedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AuditRejectedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why it was refused.</param>
    public AuditRejectedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why it was refused.</param>
    /// <param name="innerException">What led to it.</param>
    public AuditRejectedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
