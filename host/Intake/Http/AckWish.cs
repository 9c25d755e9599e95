using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>A sender who wants to wait for destinations: <c>?ack=delivered</c>, with <c>destinations=a,b</c> and <c>timeout=SECONDS</c>.</summary>
/// <param name="Destinations">Those to wait for; empty for all but those that hold events back for people.</param>
/// <param name="Timeout">How long.</param>
internal sealed record AckWish(IReadOnlyList<string> Destinations, TimeSpan Timeout)
{
    private const double DefaultSeconds = 30;
    private const double MostSeconds = 300;

    /// <returns>The wish; <see langword="null"/> where durable is enough.</returns>
    /// <exception cref="RefusedRequestException">The query says what is not understood.</exception>
    public static AckWish? Of(IQueryCollection query)
    {
        string? ack = query["ack"];
        string? destinations = query["destinations"];
        string? timeout = query["timeout"];
        if (ack is null or "stored")
        {
            return destinations is null && timeout is null
                ? null
                : throw Refused("destinations and timeout belong to ack=delivered; add it, or leave them out.");
        }

        if (ack != "delivered")
            throw Refused($"ack={ack} is not known. Use ack=stored, the default, or ack=delivered.");
        if (!double.TryParse(timeout ?? DefaultSeconds.ToString(CultureInfo.InvariantCulture), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            || seconds is not (> 0 and <= MostSeconds))
            throw Refused($"timeout={timeout} is no number of seconds above 0 and up to {MostSeconds}.");
        return new AckWish(
            destinations?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [], TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The names, checked against those there are.</summary>
    /// <param name="known">Those there are.</param>
    /// <param name="prompt">Those that are waited for where none is named.</param>
    public IReadOnlyList<string> Choose(IReadOnlyList<string> known, IReadOnlyList<string> prompt)
    {
        if (Destinations.Count == 0)
            return prompt;
        string[] unknown = [.. Destinations.Except(known)];
        return unknown.Length == 0
            ? [.. Destinations.Distinct()]
            : throw Refused($"No enabled destination is called {string.Join(", ", unknown)}. There are: {string.Join(", ", known)}.");
    }

    private static RefusedRequestException Refused(string detail) => new(Problems.BadQuery(detail));
}
