using Microsoft.Extensions.Logging;

namespace AuditHost.Faults.Simulation;

/// <summary>Puts the host's own log into the trace, for whoever looks at one run.</summary>
internal sealed class SimulationLog(SimulationWorld world) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Lines(world, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Lines(SimulationWorld world, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            world.Note(name, $"log: {formatter(state, exception)} {exception}");
    }
}
