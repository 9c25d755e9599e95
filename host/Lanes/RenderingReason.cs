namespace AuditHost.Lanes;

/// <summary>Why an event or a body could not be rendered, in the words of who rendered it.</summary>
internal static class RenderingReason
{
    /// <summary>A format that speaks of the event throws <see cref="FormatException"/>; anything else is a fault of its own, which its author must find.</summary>
    public static string Of(Exception exception) =>
        (exception is FormatException ? exception.Message : $"The format failed with {exception.GetType().Name}: {exception.Message}").ReplaceLineEndings(" ");
}
