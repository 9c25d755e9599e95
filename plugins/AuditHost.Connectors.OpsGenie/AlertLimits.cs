namespace AuditHost.Connectors.OpsGenie;

/// <summary>What an alert's fields take, in characters ("Create Alert", "Alerts and alert fields"). Of details only the sum is limited.</summary>
internal static class AlertLimits
{
    public const int Message = 130;
    public const int Alias = 512;
    public const int Description = 15_000;
    public const int Entity = 512;
    public const int Source = 100;
    public const int User = 100;
    public const int Note = 25_000;
    public const int Tags = 20;
    public const int Tag = 50;
    public const int Details = 8_000;
    public const int Responders = 50;
}
