using System.Text;

namespace AuditHost.Configuration.Secrets;

/// <summary>Reads the files that <c>${file:PATH}</c> names.</summary>
internal sealed class SecretFiles(string baseDirectory, DiagnosticList diagnostics)
{
    private const int MaxBytes = 64 << 10;

    /// <summary>The content without its last line's end, or <see langword="null"/> after reporting why it cannot be had.</summary>
    public string? Read(string path, SourceLocation location, string key)
    {
        try
        {
            using FileStream stream = File.OpenRead(Path.GetFullPath(path, baseDirectory));
            byte[] buffer = new byte[MaxBytes + 1];
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
            {
                diagnostics.Error(location, key, $"the secret's file {path} is larger than 64 KiB");
                return null;
            }

            if (FileModes.IsWritableByOthers(stream.SafeFileHandle))
                diagnostics.Error(location, key, $"others than the owner can write the secret's file {path}; chmod go-w it");
            if (FileModes.IsReadableByAll(stream.SafeFileHandle))
                diagnostics.Warning(location, key, $"the secret's file {path} can be read by everybody on this machine; chmod o-r it");
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 0, length);
            return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            diagnostics.Error(location, key, $"there is no file {path} to take the secret from");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The reason alone: a decoder's message would quote bytes of the secret.
            diagnostics.Error(location, key, $"the secret's file {path} cannot be read as UTF-8 text ({exception.GetType().Name})");
        }

        return null;
    }
}
