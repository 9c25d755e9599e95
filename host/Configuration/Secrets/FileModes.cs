namespace AuditHost.Configuration.Secrets;

/// <summary>Who may read and write a file. Windows keeps that in access lists, which its administrator answers for.</summary>
internal static class FileModes
{
    public static bool IsWritableByOthers(string path) => Has(path, UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);

    public static bool IsReadableByAll(string path) => Has(path, UnixFileMode.OtherRead);

    private static bool Has(string path, UnixFileMode any) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & any) != 0;
}
