namespace AuditHost.Configuration.Yaml;

/// <summary>A scalar as written. Its type is decided by whoever reads it, never by how it looks.</summary>
/// <param name="location">Its place.</param>
/// <param name="value">The text, without quotes.</param>
/// <param name="isPlain">Whether it was written without quotes, so that it may stand for a number, a boolean or nothing.</param>
internal sealed class YamlScalar(SourceLocation location, string value, bool isPlain) : YamlNode(location)
{
    public string Value { get; } = value;

    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    public override string Noun => IsNull ? "nothing" : "a value";
}
