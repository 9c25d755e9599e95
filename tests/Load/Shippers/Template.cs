using System.Text.RegularExpressions;

namespace AuditHost.Load;

/// <summary>A piece of a peer's configuration, with places for what a run decides: <c>{{port}}</c>.</summary>
internal sealed partial class Template(string folder)
{
    /// <summary>A file's text with its places filled.</summary>
    /// <exception cref="InvalidDataException">A place is not named.</exception>
    public string Fill(string file, params (string Name, object Value)[] places) =>
        Place().Replace(
            File.ReadAllText(Path.Combine(folder, file)),
            place => places.FirstOrDefault(one => one.Name == place.Groups[1].Value).Value?.ToString()?.TrimEnd()
                ?? throw new InvalidDataException($"{file} has {place.Value}, which nothing fills."));

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
