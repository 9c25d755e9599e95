using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>A request that is refused as a whole, with what its sender is told.</summary>
internal sealed class IntakeException(int status, string title, string detail, IReadOnlyList<BadEvent>? errors = null) : Exception(detail)
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    /// <summary>The events that were none, as far as that was the reason.</summary>
    public IReadOnlyList<BadEvent> Errors { get; } = errors ?? [];

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many events were bad, where not all of them are listed.</summary>
    public int ErrorCount { get; init; }

    public static IntakeException TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, "Too large", detail);

    public static IntakeException Unsupported(string detail) => new(StatusCodes.Status415UnsupportedMediaType, "Unsupported", detail);

    public static IntakeException Bad(string detail, IReadOnlyList<BadEvent>? errors = null) =>
        new(StatusCodes.Status400BadRequest, "Bad events", detail, errors);
}
