namespace AuditHost.Intake;

/// <summary>Tells by the first bytes what an input was written in, so that a refusal can say what to mend.</summary>
internal static class TextEncodings
{
    public static ReadOnlySpan<byte> Utf8Mark => "\uFEFF"u8;

    /// <summary>The encoding's name where the bytes are surely not UTF-8.</summary>
    public static string? DetectForeign(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] or [not 0, 0, 0, 0, ..] or [0, 0, 0, not 0, ..] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [not 0, 0, not 0, ..] or [0, not 0, 0, ..] => "UTF-16",
        [0x1F, 0x8B, ..] => "gzip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
        _ => null,
    };
}
