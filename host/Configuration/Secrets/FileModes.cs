using Microsoft.Win32.SafeHandles;

namespace AuditHost.Configuration.Secrets;

/// <summary>
/// Who may read and write an open file: asked by its path, a symbolic link would answer for itself. Windows keeps that in access
/// lists, which its administrator answers for.
/// </summary>
internal static class FileModes
{
    public static bool IsWritableByOthers(SafeFileHandle file) => Has(file, UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);

    public static bool IsReadableByAll(SafeFileHandle file) => Has(file, UnixFileMode.OtherRead);

    private static bool Has(SafeFileHandle file, UnixFileMode any) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & any) != 0;
}
