using System.ComponentModel;

namespace Recorder;

public sealed class RecorderSettings
{
    [Description("The file, absolute.")]
    public required string Path { get; init; }
}
