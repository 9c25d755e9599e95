using System.ComponentModel;

namespace Zoo;

public sealed class ZooSettings
{
    [Description("The folder, absolute.")]
    public required string Directory { get; init; }

    [Description("The id of the event that sets it off.")]
    public required string Victim { get; init; }

    [Description("The way it misbehaves.")]
    public required string Way { get; init; }

    [Description("A secret of this destination.")]
    [PasswordPropertyText(true)]
    public string? Secret { get; set; }
}
