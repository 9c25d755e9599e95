using System.ComponentModel;

namespace Recorder;

public sealed class RecorderSettings
{
    [Description("The folder, absolute.")]
    public required string Directory { get; init; }
}
