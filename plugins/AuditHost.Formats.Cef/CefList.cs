namespace AuditHost.Formats.Cef;

/// <summary>The short way for the usual array; <see cref="AuditHost.PluginKit.Text.ScalarList"/> joins any.</summary>
internal static class CefList
{
    /// <summary>Joins an array if it holds nothing but strings that need no escape, neither in JSON nor in CEF.</summary>
    /// <param name="array">The array's checked JSON.</param>
    /// <param name="target">Has room for as much.</param>
    /// <param name="written">How much was written.</param>
    /// <returns>Whether the array was of that kind.</returns>
    public static bool TryJoinPlain(ReadOnlySpan<byte> array, Span<byte> target, out int written)
    {
        written = 0;
        int at = AfterSpace(array, 1);
        while (array[at] == '"')
        {
            at++;
            int length = array[at..].IndexOf((byte)'"');
            if (written > 0)
                target[written++] = (byte)',';

            // A quote with a backslash before it ends nothing, but the backslash is in the way already.
            if (!CefPlainText.TryCopy(array.Slice(at, length), target[written..], (byte)'='))
                return false;
            written += length;
            at = AfterSpace(array, at + length + 1);
            if (array[at] == ',')
                at = AfterSpace(array, at + 1);
        }

        return array[at] == ']';
    }

    private static int AfterSpace(ReadOnlySpan<byte> json, int at)
    {
        while (json[at] <= ' ')
            at++;
        return at;
    }
}
