namespace AuditHost.PluginKit.Files;

/// <summary>Where an append begins.</summary>
/// <param name="Name">The file's name at that time, without its folder.</param>
/// <param name="Offset">The byte in the file.</param>
public readonly record struct FilePosition(string Name, long Offset)
{
    /// <summary><c>name:offset</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}:{Offset}");
}
