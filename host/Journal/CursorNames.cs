using System.Globalization;
using System.Text;

namespace AuditHost.Journal;

/// <summary>Turns destinations' names into file names and back. What a file system might take amiss is escaped as %XX.</summary>
internal static class CursorNames
{
    private const string Extension = ".cursor";

    public static string FileNameOf(string name)
    {
        var text = new StringBuilder(name.Length + Extension.Length);
        foreach (byte character in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)character) || character is (byte)'_' or (byte)'-' || (character == '.' && text.Length > 0))
                text.Append((char)character);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{character:X2}");
        }

        return text.Append(Extension).ToString();
    }

    public static bool TryParse(string fileName, out string name)
    {
        name = fileName.EndsWith(Extension, StringComparison.Ordinal) ? Uri.UnescapeDataString(fileName[..^Extension.Length]) : "";
        return name.Length > 0;
    }
}
