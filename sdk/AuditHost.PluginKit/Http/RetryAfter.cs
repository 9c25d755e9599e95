using System.Globalization;

namespace AuditHost.PluginKit.Http;

/// <summary>Reads <c>Retry-After</c> (RFC 9110, section 10.2.3): seconds or a date. What makes no sense counts as not said.</summary>
public static class RetryAfter
{
    /// <summary>The longest wait a destination can ask for.</summary>
    public static readonly TimeSpan Maximum = TimeSpan.FromMinutes(15);

    /// <summary>How long an answer asks to wait.</summary>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(time);

        // The raw text: the typed property drops a number of seconds that does not fit an int.
        return response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? Parse(values.ToString(), time.GetUtcNow())
            : null;
    }

    /// <summary>Reads the header's value. A date that has passed means at once.</summary>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        string text = (value ?? string.Empty).Trim();
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            // Too many digits for any number are still a wish for a very long wait.
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < Maximum.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : Maximum;
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until))
            return null;
        TimeSpan wait = until - now;
        if (wait < TimeSpan.Zero)
            return TimeSpan.Zero;
        return wait < Maximum ? wait : Maximum;
    }
}
