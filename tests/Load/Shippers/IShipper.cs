namespace AuditHost.Load;

/// <summary>A program that takes events in and ships them out: what is measured.</summary>
internal interface IShipper
{
    /// <summary>What it is called in the results.</summary>
    string Name { get; }

    /// <summary>The name of the file in the route's folder that it is configured by.</summary>
    string Configuration { get; }

    /// <summary>Why it cannot take events this way; <see langword="null"/> where it can.</summary>
    string? Objection(InputKind input);

    /// <summary>Writes its configuration and starts it.</summary>
    /// <returns>The process, once it takes events.</returns>
    /// <exception cref="IOException">It does not start.</exception>
    Task<ShipperProcess> StartAsync(Route route);
}
