namespace AuditHost.Configuration;

/// <summary>A place in a site file; line and column count from 1.</summary>
internal readonly record struct SourceLocation(string File, int Line, int Column)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}" : File;
}
