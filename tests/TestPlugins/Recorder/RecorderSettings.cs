using System.ComponentModel;

namespace Recorder;

public sealed class RecorderSettings
{
    [Description("The folder, absolute.")]
    public required string Directory { get; init; }

    [Description("Fail when closed after use.")]
    public bool Stubborn { get; init; }
}
