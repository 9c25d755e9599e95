namespace AuditHost.Connectors.Fluentd;

/// <summary>The receiver and this host do not agree about shared key, user or names. An operator must mend that; the events are not at fault.</summary>
/// <param name="message">What is wrong and what to do about it.</param>
/// <param name="response">The receiver's own words, which may say anything.</param>
internal sealed class RefusedGreetingException(string message, string? response = null) : IOException(message)
{
    public string? Response { get; } = response;
}
