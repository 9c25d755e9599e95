namespace AuditHost.Formatting;

/// <summary>
/// What a rendering may cost. A template that goes beyond is stopped with an error; nothing is ever cut short in silence.
/// </summary>
/// <param name="Output">The most bytes rendered.</param>
/// <param name="Loops">The most iterations, nested ones counted together.</param>
/// <param name="Time">How long the template may work, whatever the events. Stalls of the machine do not count, see <see cref="TemplateRun"/>.</param>
/// <param name="TimePerEvent">How long it may work for each event besides.</param>
internal sealed record TemplateLimits(int Output, int Loops, TimeSpan Time, TimeSpan TimePerEvent = default)
{
    /// <summary>The longest source of a template, in bytes.</summary>
    public const int Source = 64 * 1024;

    /// <summary>The longest string a template can build, in characters. Above the output of an event, so that the whole event fits in one.</summary>
    public const int Text = 1024 * 1024 + 4096;

    /// <summary>The largest number a template can compute with, in bits. A few squarings on, one multiplication takes longer than a whole rendering may.</summary>
    public const int NumberBits = 4096;

    /// <summary>The most bytes a rendering may allocate besides what its events need.</summary>
    public const long Memory = 24 * 1024 * 1024;

    /// <summary>How long one regular expression may take.</summary>
    public static readonly TimeSpan Expression = TimeSpan.FromMilliseconds(25);

    /// <summary>A thousand times what a usual rendering takes; with a second try and the longest single call, a template is stopped after 100 ms.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(40);

    /// <summary>One event.</summary>
    public static TemplateLimits Event { get; } = new(1024 * 1024, 1000, Least);

    /// <summary>
    /// A whole batch: 10,000 events with a hundred inner iterations each, and six times the time they take to render. The
    /// output is larger than any destination's largest batch.
    /// </summary>
    public static TemplateLimits Body { get; } = new(16 * 1024 * 1024, 1_000_000, Least, TimeSpan.FromMilliseconds(0.2));
}
