namespace AuditHost.Connectors.Slack;

/// <summary>
/// How long the texts of a message may get. Slack's own limits are higher (header 150 characters, section 3,000, field 2,000, text 4,000), but
/// all blocks together may not be longer than about 13,200 (slackapi/bolt-js, issue 2509), which no documentation says, and how that
/// is counted is not known. So each text has a weight besides: its length as JSON of nothing but ASCII, the longest form there is. The
/// weights of all texts and what stands around them stay below that limit.
/// </summary>
internal static class SlackLimits
{
    /// <summary>The header and the text for notifications, in UTF-16 units.</summary>
    public const int TitleLength = 150;

    /// <summary>The weight of a title.</summary>
    public const int Title = 6 * TitleLength;

    /// <summary>The weight of the line below it.</summary>
    public const int Summary = 900;

    /// <summary>The weight of one field; there are up to nine.</summary>
    public const int Field = 500;

    /// <summary>The weight of the payload.</summary>
    public const int Payload = 4000;

    /// <summary>What fits into a section, in UTF-16 units.</summary>
    public const int SectionLength = 3000;

    /// <summary>Bytes of markup in one text, at most.</summary>
    public const int Markup = 256;

    /// <summary>The weight of the event's id and of the alert's key.</summary>
    public const int Id = 600;
}
