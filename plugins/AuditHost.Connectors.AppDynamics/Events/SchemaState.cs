using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>What a look at the schema has found.</summary>
/// <param name="Failure">What is in the way of publishing; <see langword="null"/> for nothing.</param>
/// <param name="HasChanged">Whether it had to be created or added to.</param>
internal readonly record struct SchemaState(DeliveryResult? Failure, bool HasChanged);
