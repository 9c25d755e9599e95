using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Formatting.Library;

/// <summary>One content of a template's file, compiled for a destination.</summary>
internal sealed class TemplateVersion
{
    private TemplateVersion(TemplateFile file, TemplateKind kind, string contentType)
    {
        File = file;
        Kind = kind;
        ContentType = contentType;
        if (kind == TemplateKind.Body)
            Body = TemplateCompiler.CompileBody(file.Text, file.Path, contentType, file.Start);
        else
            Event = TemplateCompiler.CompileEvent(TrimmedText(file), file.Path, contentType, file.Start);
    }

    public TemplateFile File { get; }

    public string Revision => File.Revision;

    public TemplateKind Kind { get; }

    public string ContentType { get; }

    /// <summary>Renders one event; <see langword="null"/> where the template renders a whole body.</summary>
    public IEventFormatter? Event { get; }

    /// <summary>Renders a whole body; <see langword="null"/> where the template renders one event.</summary>
    public IBodyFormatter? Body { get; }

    /// <summary>Reads and compiles a template. What the site file says of it wins over what its file says.</summary>
    /// <exception cref="TemplateException">It does not compile.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TemplateVersion Open(TemplateOptions options) => Compile(TemplateFile.Read(options.Path), options);

    /// <summary>Compiles a template. What the site file says of it wins over what its file says.</summary>
    /// <exception cref="TemplateException">It does not compile.</exception>
    public static TemplateVersion Compile(TemplateFile file, TemplateOptions? options = null) => new(
        file, options?.Kind ?? file.Kind ?? TemplateKind.Event, options?.ContentType ?? file.ContentType ?? TemplateOptions.DefaultContentType);

    /// <summary>The line break that editors leave at the end of a file is no part of an event.</summary>
    private static string TrimmedText(TemplateFile file) =>
        string.Concat(file.Text.AsSpan(0, file.Start.Offset), file.Text.AsSpan(file.Start.Offset).TrimEnd("\r\n"));
}
