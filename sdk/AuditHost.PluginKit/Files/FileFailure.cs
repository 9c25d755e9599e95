using AuditHost.Sdk;

namespace AuditHost.PluginKit.Files;

/// <summary>What the error of a file means to a destination: wait for the disk, or mend the site file.</summary>
internal static class FileFailure
{
    private const int InputOutput = 5;
    private const int NotADirectory = 20;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int NameTooLong = 36;
    private const int Loop = 40;
    private const int Quota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool IsKnown(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;

    public static DeliveryResult Describe(Exception exception, string path) => exception switch
    {
        NotSupportedException => Misconfigured(exception.Message),
        UnauthorizedAccessException when Directory.Exists(path) => Misconfigured($"'{path}' is a folder; name a file."),
        UnauthorizedAccessException => Misconfigured($"'{path}' may not be written: {exception.Message}"),
        DirectoryNotFoundException or PathTooLongException => Misconfigured(exception.Message),
        _ => exception.HResult switch
        {
            NoSpace or WindowsDiskFull => Transient($"The disk of '{path}' is full."),
            Quota => Transient($"The disk quota for '{path}' is used up."),
            InputOutput => Transient($"The disk of '{path}' failed: {exception.Message}"),
            ReadOnly => Misconfigured($"'{path}' lies on a read-only file system."),
            NotADirectory or NameTooLong or Loop => Misconfigured(exception.Message),
            _ when HasFileAbove(path) => Misconfigured($"'{path}' cannot be created: a part of its path is a file, not a folder."),
            _ => Transient(exception.Message),
        },
    };

    private static bool HasFileAbove(string path)
    {
        string? directory = Path.GetDirectoryName(path);
        while (directory is not null && !Path.Exists(directory))
            directory = Path.GetDirectoryName(directory);
        return directory is not null && !Directory.Exists(directory);
    }

    private static DeliveryResult Misconfigured(string reason) => DeliveryResult.Failed(FailureKind.Misconfigured, reason);

    private static DeliveryResult Transient(string reason) => DeliveryResult.Failed(FailureKind.Transient, reason);
}
