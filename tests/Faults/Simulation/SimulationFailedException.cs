namespace AuditHost.Faults.Simulation;

/// <summary>The host broke a promise, or left the simulation.</summary>
internal sealed class SimulationFailedException(string message, Exception? inner = null) : Exception(message, inner);
