using System.Text;

namespace AuditHost.Configuration.Yaml;

/// <summary>Reads a site file's bytes, within limits, as strict UTF-8.</summary>
internal static class YamlSource
{
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's bytes, or <see langword="null"/> after reporting why there are none.</summary>
    public static byte[]? ReadBytes(string path, DiagnosticList diagnostics)
    {
        var file = new SourceLocation(path, 0, 0);
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] buffer = new byte[MaxBytes + 1];
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length <= MaxBytes)
                return buffer[..length];
            diagnostics.Error(file, string.Empty, "the file is larger than 1 MiB, which no site file needs");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            diagnostics.Error(file, string.Empty, "there is no such file; name the site file with --config");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(file, string.Empty, $"the file cannot be read: {exception.Message}");
        }

        return null;
    }

    /// <summary>The text, or <see langword="null"/> after reporting where it stops being UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, string path, DiagnosticList diagnostics)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            ReadOnlySpan<byte> valid = bytes[..Math.Clamp(exception.Index, 0, bytes.Length)];
            int lineStart = valid.LastIndexOf((byte)'\n') + 1;
            int column = Encoding.UTF8.GetCharCount(valid[lineStart..]) + 1;
            diagnostics.Error(new SourceLocation(path, valid.Count((byte)'\n') + 1, column), string.Empty, "the file is not UTF-8 from here on");
            return null;
        }
    }
}
