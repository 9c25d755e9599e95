using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Yaml;

namespace AuditHost.Configuration.Binding;

/// <summary>
/// One mapping of the file, read by the keys it may have. A value that is missing or wrong reads as the caller's fallback; what is
/// wrong has been reported with its place, so that one load finds every error.
/// </summary>
internal sealed class Section
{
    private readonly YamlMapping _mapping;
    private readonly Reading _reading;
    private readonly IReadOnlyDictionary<string, string> _aliases;

    private Section(YamlMapping mapping, string path, Reading reading, IReadOnlyDictionary<string, string> aliases)
    {
        _mapping = mapping;
        Path = path;
        _reading = reading;
        _aliases = aliases;
    }

    public string Path { get; }

    public SourceLocation Location => _mapping.Location;

    /// <summary>Opens a mapping and reports what may not stand in it, what must and does not, and what has no effect yet.</summary>
    public static Section Open(YamlMapping mapping, KeySet keys, string path, Reading reading)
    {
        var section = new Section(mapping, path, reading, new Dictionary<string, string>());
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (keys.Find(entry.Name) is { } key)
                section.WarnWhereUnbuilt(key, entry);
            else
                reading.Diagnostics.Error(entry.Key.Location, section.PathOf(entry.Name), "unknown key", NearestName.Find(entry.Name, keys.Names));
        }

        foreach (Key key in keys.Keys.Where(key => key.Required && section.Find(key) is null))
            reading.Diagnostics.Error(mapping.Location, section.PathOf(key.Name), "is required and missing");
        return section;
    }

    /// <summary>Opens a destination: its other keys are the connector's, and the connector may have names of its own for the host's.</summary>
    /// <param name="mapping">The destination.</param>
    /// <param name="keys">The host's keys.</param>
    /// <param name="path">Its dotted path.</param>
    /// <param name="reading">What reading needs.</param>
    /// <param name="aliases">The connector's names for the host's keys.</param>
    public static Section OpenShared(YamlMapping mapping, KeySet keys, string path, Reading reading, IReadOnlyDictionary<string, string> aliases)
    {
        var section = new Section(mapping, path, reading, aliases);
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (keys.Find(entry.Name) is { } key)
                section.WarnWhereUnbuilt(key, entry);
        }

        return section;
    }

    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>The entry of a key under any of its names; two of them at once are an error.</summary>
    public YamlEntry? Find(Key key)
    {
        YamlEntry? found = null;
        foreach (string name in key.Names.Concat(_aliases.Where(alias => alias.Value == key.Name).Select(alias => alias.Key)))
        {
            if (_mapping.Find(name) is not { } entry)
                continue;
            if (found is not null)
                Error(entry.Key, entry.Name, $"means the same as {found.Name}, which stands in line {found.Key.Location.Line}; keep one");
            found ??= entry;
        }

        return found;
    }

    public T Get<T>(ScalarKey<T> key, T fallback) => TryGet(key, out T value) ? value : fallback;

    public string? GetText(ScalarKey<string> key) => TryGet(key, out string value) ? value : null;

    /// <summary>A path, absolute.</summary>
    public string? GetPath(ScalarKey<string> key) => ToAbsolute(key, GetText(key));

    /// <summary>The absolute path of a file that must be there.</summary>
    public string? GetFile(ScalarKey<string> key)
    {
        string? path = GetPath(key);
        if (path is not null && _reading.Expands && !File.Exists(path) && Find(key) is { } entry)
            Error(entry.Value, entry.Name, $"there is no file {Show(entry.Value, key)}");
        return path;
    }

    /// <summary>The absolute paths of files that must be there.</summary>
    public IReadOnlyList<string>? GetFiles(ListKey<string> key)
    {
        if (GetList(key) is not { } paths)
            return null;
        string[] files = [.. paths.Select(path => System.IO.Path.GetFullPath(path, _reading.BaseDirectory))];
        if (_reading.Expands && Array.Find(files, file => !File.Exists(file)) is { } missing)
            Error(key, $"there is no file {missing}");
        return files;
    }

    public bool TryGet<T>(ScalarKey<T> key, out T value)
    {
        value = default!;
        return Find(key) is { } entry && TryRead(entry.Value, entry.Name, key, key.Kind, out value);
    }

    public IReadOnlyList<T>? GetList<T>(ListKey<T> key)
    {
        if (Find(key) is not { } entry || entry.Value is YamlUnreadable)
            return null;
        if (entry.Value is not YamlSequence sequence)
        {
            Error(entry.Value, entry.Name, $"expected a list, each of it {key.Kind.Expected}; got {entry.Value.Noun}");
            return null;
        }

        List<T> values = [];
        for (int index = 0; index < sequence.Items.Count; index++)
        {
            if (TryRead(sequence.Items[index], $"{entry.Name}[{index}]", key, key.Kind, out T value))
                values.Add(value);
        }

        return values;
    }

    /// <summary>The values of a mapping whose keys are the site's own.</summary>
    public IReadOnlyDictionary<string, T> GetMap<T>(MapKey<T> key)
    {
        var values = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        if (Find(key) is not { } entry || entry.Value is YamlUnreadable)
            return values;
        if (entry.Value is not YamlMapping mapping)
        {
            Error(entry.Value, entry.Name, $"expected a mapping, each of it {key.Kind.Expected}; got {entry.Value.Noun}");
            return values;
        }

        foreach (YamlEntry one in mapping.Entries)
        {
            if (!TryRead(one.Value, $"{entry.Name}.{one.Name}", key, key.Kind, out T value))
                continue;
            if (!values.TryAdd(one.Name, value))
                Error(one.Key, $"{entry.Name}.{one.Name}", "stands there twice, in another case");
        }

        return values;
    }

    public Section? GetSection(MappingKey key)
    {
        if (Find(key) is not { } entry || entry.Value is YamlUnreadable || (key.Shorthand is not null && entry.Value is YamlScalar))
            return null;
        if (entry.Value is YamlMapping mapping)
            return Open(mapping, key.Keys, PathOf(entry.Name), _reading);
        Error(entry.Value, entry.Name, $"expected a mapping, got {entry.Value.Noun}");
        return null;
    }

    /// <summary>The mapping of a key that has variants, with the one its <c>type</c> names.</summary>
    public (Variant Variant, Section Section)? GetVariant(VariantKey key) =>
        Find(key) is { } entry ? OpenVariant(entry.Value, entry.Name, key) : null;

    public IEnumerable<(Variant Variant, Section Section)> GetVariants(VariantKey key)
    {
        if (Find(key) is not { } entry)
            yield break;
        foreach ((YamlNode item, string name) in Items(entry))
        {
            if (OpenVariant(item, name, key) is { } variant)
                yield return variant;
        }
    }

    /// <summary>The items of a list that must hold mappings of these keys.</summary>
    public IEnumerable<Section> GetSections(Key key, KeySet keys)
    {
        if (Find(key) is not { } entry)
            yield break;
        foreach ((YamlNode item, string name) in Items(entry))
        {
            if (AsSection(item, name, keys) is { } section)
                yield return section;
        }
    }

    /// <summary>The mapping of these keys under a key.</summary>
    public Section? GetSection(Key key, KeySet keys) => Find(key) is { } entry ? AsSection(entry.Value, entry.Name, keys) : null;

    /// <summary>Reports an error at a key, or at the mapping where the key is not there.</summary>
    public void Error(Key key, string message, string? suggestion = null)
    {
        YamlEntry? entry = Find(key);
        _reading.Diagnostics.Error(entry?.Value.Location ?? _mapping.Location, PathOf(entry?.Name ?? key.Name), message, suggestion);
    }

    /// <summary>Reports a warning at a key that is there.</summary>
    public void Warning(Key key, string message)
    {
        if (Find(key) is { } entry)
            _reading.Diagnostics.Warning(entry.Value.Location, PathOf(entry.Name), message);
    }

    private IEnumerable<(YamlNode Item, string Name)> Items(YamlEntry entry)
    {
        if (entry.Value is YamlSequence sequence)
            return sequence.Items.Select((item, index) => (item, $"{entry.Name}[{index}]"));
        if (entry.Value is not YamlUnreadable)
            Error(entry.Value, entry.Name, $"expected a list of mappings, got {entry.Value.Noun}");
        return [];
    }

    private Section? AsSection(YamlNode node, string name, KeySet keys)
    {
        if (node is YamlMapping mapping)
            return Open(mapping, keys, PathOf(name), _reading);
        if (node is not YamlUnreadable)
            Error(node, name, $"expected a mapping, got {node.Noun}");
        return null;
    }

    private (Variant Variant, Section Section)? OpenVariant(YamlNode node, string name, VariantKey key)
    {
        if (node is not YamlMapping mapping)
        {
            if (node is not YamlUnreadable)
                Error(node, name, $"expected a mapping with the key type, got {node.Noun}");
            return null;
        }

        var untyped = new Section(mapping, PathOf(name), _reading, _aliases);
        if (untyped.GetText(VariantKey.Type) is not { } type)
        {
            if (untyped.Find(VariantKey.Type) is null)
                Error(mapping, $"{name}.type", $"is required and missing; expected one of {TypesOf(key)}");
            return null;
        }

        if (key.Variants.FirstOrDefault(candidate => candidate.Type == type) is { } variant)
            return (variant, Open(mapping, variant.Keys, PathOf(name), _reading));
        YamlNode typeNode = untyped.Find(VariantKey.Type)!.Value;
        _reading.Diagnostics.Error(
            typeNode.Location,
            PathOf($"{name}.type"),
            $"{Show(typeNode, VariantKey.Type)} is not known; expected one of {TypesOf(key)}",
            NearestName.Find(type, key.Variants.Select(candidate => candidate.Type)));
        return null;
    }

    private bool TryRead<T>(YamlNode node, string name, Key key, Kind<T> kind, out T value)
    {
        value = default!;
        if (node is YamlUnreadable)
            return false;
        if (node is not YamlScalar scalar || scalar.IsNull)
        {
            Error(node, name, $"expected {kind.Expected}, got {node.Noun}");
            return false;
        }

        if (ScalarResolver.Resolve(_reading, scalar, name, PathOf(name), key.IsSecret) is not { } text)
            return false;
        if (text.Text.Length == 0)
        {
            // A variable that is set to nothing is how an operator leaves out an optional key.
            if (key.Required || !text.IsUntyped)
                Error(node, name, $"is empty; expected {kind.Expected}");
            return false;
        }

        if (kind.TryRead(text, out value))
            return true;
        _reading.Diagnostics.Error(
            node.Location,
            PathOf(name),
            $"expected {kind.Expected}, got {ScalarResolver.Show(scalar, key.IsSecret)}",
            key.IsSecret ? null : NearestName.FindValue(text.Text, kind.Choices));
        return false;
    }

    private string? ToAbsolute(ScalarKey<string> key, string? path)
    {
        if (path is null)
            return null;
        if (!path.Contains('\0', StringComparison.Ordinal))
            return System.IO.Path.GetFullPath(path, _reading.BaseDirectory);
        Error(key, "a path cannot have a NUL character");
        return null;
    }

    private void WarnWhereUnbuilt(Key key, YamlEntry entry)
    {
        if (key.NotEnforced)
            _reading.Diagnostics.Warning(entry.Key.Location, PathOf(entry.Name), "not enforced by this version");
    }

    private void Error(YamlNode node, string name, string message) => _reading.Diagnostics.Error(node.Location, PathOf(name), message);

    private static string TypesOf(VariantKey key) => string.Join(", ", key.Variants.Select(variant => variant.Type));

    private static string Show(YamlNode node, Key key) => node is YamlScalar scalar ? ScalarResolver.Show(scalar, key.IsSecret) : node.Noun;
}
