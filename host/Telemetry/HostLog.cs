using AuditHost.Configuration.Secrets;
using Microsoft.Extensions.Logging;

namespace AuditHost.Telemetry;

/// <summary>The host's log: one line per message on standard error, as text or as JSON, without secrets.</summary>
internal sealed class HostLog(LogLevel level, bool json) : ILoggerProvider, ILoggerFactory
{
    private readonly LineWriter _writer = new(json);

    /// <summary>Removes secrets from every line, once the site's are known.</summary>
    public Redactor Redactor
    {
        set => _writer.Redactor = value;
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, level, _writer);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The host logs to one place.");

    public void Dispose()
    {
    }
}
