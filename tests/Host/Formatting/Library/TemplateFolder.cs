using AuditHost.Configuration.Options;
using AuditHost.Formatting.Library;

namespace AuditHost.Tests.Formatting.Library;

/// <summary>A temporary folder with templates in it.</summary>
internal sealed class TemplateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("audithost-templates-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string Read(string name) => System.IO.File.ReadAllText(File(name));

    /// <summary>The template of a running destination.</summary>
    public LiveTemplate Open(string name, TemplateKind? kind = null, string? contentType = null) =>
        LiveTemplate.Open(new TemplateOptions { Path = File(name), Kind = kind, ContentType = contentType });

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
