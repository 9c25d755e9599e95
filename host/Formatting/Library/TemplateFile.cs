using System.Security.Cryptography;
using System.Text;
using AuditHost.Configuration;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Yaml;
using Scriban.Parsing;

namespace AuditHost.Formatting.Library;

/// <summary>A template's file as read: what it says of itself, and the template.</summary>
internal sealed record TemplateFile
{
    /// <summary>The most bytes of a file; the template in it is held to <see cref="TemplateLimits.Source"/>.</summary>
    public const int MaxBytes = YamlSource.MaxBytes;

    /// <summary>The file, as messages name it.</summary>
    public required string Path { get; init; }

    /// <summary>Names this content: the first 12 hex digits of the SHA-256 of the file's bytes.</summary>
    public required string Revision { get; init; }

    /// <summary>The whole text, so that places in it are places in the file.</summary>
    public required string Text { get; init; }

    /// <summary>Where in <see cref="Text"/> the template begins.</summary>
    public required TextPosition Start { get; init; }

    public required string Name { get; init; }

    /// <summary>The head of the file; <see langword="null"/> where it has none.</summary>
    public FrontMatter? Head { get; init; }

    public string? Summary { get; init; }

    public TemplateKind? Kind { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The events of its test.</summary>
    public string? Sample { get; init; }

    /// <summary>What they render to.</summary>
    public string? Expected { get; init; }

    /// <summary>A site's entry that uses it.</summary>
    public string? Example { get; init; }

    /// <summary>Where its format is documented.</summary>
    public string? Source { get; init; }

    /// <summary>The file's name without its extension, which files beside it share.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <exception cref="TemplateException">What it says of itself cannot be read, or it is no text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TemplateFile Read(string path) => Parse(ReadBytes(path), path);

    /// <summary>The file's bytes.</summary>
    /// <exception cref="TemplateException">There are too many.</exception>
    public static byte[] ReadBytes(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] buffer = new byte[Math.Min(stream.Length, MaxBytes) + 1];
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length <= MaxBytes ? buffer[..length] : throw new TemplateException($"{path}: the file has more than {MaxBytes} bytes.");
    }

    /// <exception cref="TemplateException">What it says of itself cannot be read, or it is no text.</exception>
    public static TemplateFile Parse(ReadOnlySpan<byte> bytes, string path)
    {
        var diagnostics = new DiagnosticList();
        string text = YamlSource.Decode(bytes, path, diagnostics) ?? string.Empty;
        FrontMatter? head = FrontMatter.Read(text, path, diagnostics, out TextPosition start);
        var file = new TemplateFile
        {
            Path = path,
            Revision = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12],
            Text = text,
            Start = start,
            Head = head,
            Name = head?.Text(FrontMatterKeys.Name) ?? System.IO.Path.GetFileNameWithoutExtension(path),
            Summary = head?.Text(FrontMatterKeys.Summary),
            Kind = head?.Value(TemplateKeys.Kind),
            ContentType = head?.Text(TemplateKeys.ContentType),
            Sample = head?.Text(FrontMatterKeys.Sample),
            Expected = head?.Text(FrontMatterKeys.Expected),
            Example = head?.Text(FrontMatterKeys.Example),
            Source = head?.Text(FrontMatterKeys.Source),
        };
        return diagnostics.ErrorCount == 0 ? file : throw new TemplateException(Describe(diagnostics, text));
    }

    private static string Describe(DiagnosticList diagnostics, string text)
    {
        var message = new StringBuilder();
        foreach (Diagnostic diagnostic in diagnostics.InFileOrder())
        {
            SourceLocation place = diagnostic.Location;
            message.Append(message.Length > 0 ? "\n" : string.Empty).Append($"{place}: ");
            message.Append(diagnostic.Path.Length > 0 ? $"{diagnostic.Path}: " : string.Empty).Append(diagnostic.Message);
            message.Append(diagnostic.Suggestion is { } meant ? $"; did you mean {meant}?" : string.Empty);
            if (place.Line > 0 && text.Length > 0)
                message.Append(SourcePlace.Excerpt(text, new TextPosition(0, place.Line - 1, place.Column - 1)));
        }

        return message.ToString();
    }
}
