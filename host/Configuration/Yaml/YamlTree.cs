using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AuditHost.Configuration.Yaml;

/// <summary>
/// Builds the tree of a site file, or of a template's head, from parser events. What YAML can do and these have no use for (anchors,
/// aliases, tags, duplicate keys, several documents) is refused here, before anything can act on it.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 100_000;

    private readonly Parser _parser;
    private readonly string _file;
    private readonly DiagnosticList _diagnostics;
    private readonly string _wanted;
    private int _nodes;

    private YamlTree(string text, string file, DiagnosticList diagnostics, string wanted)
    {
        _parser = new Parser(new StringReader(text));
        _file = file;
        _diagnostics = diagnostics;
        _wanted = wanted;
    }

    /// <summary>The root mapping, or <see langword="null"/> after reporting why there is none.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="wanted">What the root should hold, for messages.</param>
    public static YamlMapping? Parse(string text, string file, DiagnosticList diagnostics, string wanted = "the key enterprise_integration")
    {
        try
        {
            return new YamlTree(text, file, diagnostics, wanted).ReadDocument();
        }
        catch (YamlLimitException exception)
        {
            diagnostics.Error(exception.Location, string.Empty, exception.Message);
        }
        catch (YamlException exception)
        {
            diagnostics.Error(At(file, exception.Start), string.Empty, $"not valid YAML: {exception.Message}");
        }

        return null;
    }

    private YamlMapping? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _diagnostics.Error(new SourceLocation(_file, 1, 1), string.Empty, $"the file is empty; expected {_wanted}");
            return null;
        }

        YamlNode root = ReadNode(depth: 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out _))
            _diagnostics.Error(At(_parser.Current!.Start), string.Empty, "a second document begins here; there can be one only");
        if (root is YamlMapping mapping)
            return mapping;
        if (root is not YamlUnreadable)
            _diagnostics.Error(root.Location, string.Empty, $"the file holds {root.Noun}; expected a mapping with {_wanted}");
        return null;
    }

    private YamlNode ReadNode(int depth)
    {
        ParsingEvent current = _parser.Consume<ParsingEvent>();
        SourceLocation location = At(current.Start);
        if (depth > MaxDepth)
            throw new YamlLimitException(location, $"nested more than {MaxDepth} levels deep");
        if (++_nodes > MaxNodes)
            throw new YamlLimitException(location, $"more than {MaxNodes} values in one file");
        // Their names are not shown: an unquoted secret may begin with an asterisk or an ampersand.
        if (current is AnchorAlias)
            _diagnostics.Error(location, string.Empty, "an alias (*) is not allowed; write the value out, in quotes where it begins with *");
        if (current is not NodeEvent node)
            return new YamlUnreadable(location);
        if (!node.Anchor.IsEmpty)
            _diagnostics.Error(location, string.Empty, "an anchor (&) is not allowed; write values out, in quotes where they begin with &");
        if (!node.Tag.IsEmpty)
            _diagnostics.Error(location, string.Empty, "a tag (!) is not allowed; every key has its own type; write values in quotes where they begin with !");
        return node switch
        {
            Scalar scalar => new YamlScalar(location, scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => ReadSequence(location, depth),
            MappingStart => ReadMapping(location, depth),
            _ => new YamlUnreadable(location),
        };
    }

    private YamlSequence ReadSequence(SourceLocation location, int depth)
    {
        List<YamlNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return new YamlSequence(location, items);
    }

    private YamlMapping ReadMapping(SourceLocation location, int depth)
    {
        Dictionary<string, YamlEntry> seen = new(StringComparer.Ordinal);
        List<YamlEntry> entries = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode key = ReadNode(depth + 1);
            YamlNode value = ReadNode(depth + 1);
            if (key is not YamlScalar name)
            {
                if (key is not YamlUnreadable)
                    _diagnostics.Error(key.Location, string.Empty, $"a key is a name, not {key.Noun}");
                continue;
            }

            var entry = new YamlEntry(name, value);
            if (seen.TryAdd(name.Value, entry))
                entries.Add(entry);
            else
                _diagnostics.Error(name.Location, string.Empty, $"duplicate key {name.Value}; it stands already in line {seen[name.Value].Key.Location.Line}");
        }

        return new YamlMapping(location, entries);
    }

    private SourceLocation At(Mark mark) => At(_file, mark);

    private static SourceLocation At(string file, Mark mark) => new(file, checked((int)mark.Line), checked((int)mark.Column));
}
