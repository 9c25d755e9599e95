namespace AuditHost.Load;

/// <summary>A connector plugin and a server that counts what it sends. A further plugin is one more class, and a line in <see cref="PluginCases"/>.</summary>
internal interface IPluginCase : IAsyncDisposable
{
    /// <summary>The destination's keys in the site file, as a mapping in flow style. Asked for once the server is started.</summary>
    string Destination { get; }

    /// <summary>The variables that the keys name: secrets have no other place.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>How many events came.</summary>
    long Events { get; }

    /// <summary>The bytes they came in: bodies of HTTP, all of a stream or file.</summary>
    long Bytes { get; }

    /// <summary>What a real server would have refused or lost.</summary>
    IReadOnlyList<string> Violations { get; }

    /// <summary>Starts the server.</summary>
    /// <param name="folder">A folder of its own.</param>
    Task StartAsync(string folder);
}
