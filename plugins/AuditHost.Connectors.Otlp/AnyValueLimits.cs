using System.Text.Json;

namespace AuditHost.Connectors.Otlp;

/// <summary>Bounds of structured values.</summary>
internal static class AnyValueLimits
{
    /// <summary>
    /// How deep a structure goes; what lies deeper is written as its JSON text. Each level is three nested messages, and protobuf readers
    /// other than Go's refuse more than 100.
    /// </summary>
    public const int Depth = 16;

    /// <summary>The host checked the JSON when it came in; a format may have put it deeper.</summary>
    public static readonly JsonReaderOptions Reading = new() { MaxDepth = 256 };
}
