namespace AuditHost.Connectors.Teams;

/// <summary>
/// How long the texts of a card may get, in bytes of JSON. Teams posts no message of more than about 28 KB; with all texts at their longest a
/// card has less than 24 KB.
/// </summary>
internal static class CardLimits
{
    /// <summary>The title, which stands there twice: as a text and as the fallback of clients that show no cards.</summary>
    public const int Title = 600;

    /// <summary>The line below it.</summary>
    public const int Summary = 1000;

    /// <summary>One fact; there are up to nine.</summary>
    public const int Fact = 900;

    /// <summary>The payload.</summary>
    public const int Payload = 10_000;

    /// <summary>The event's id and the alert's key together.</summary>
    public const int Ids = 1500;

    /// <summary>Bytes of markup in one text, at most.</summary>
    public const int Markup = 256;
}
