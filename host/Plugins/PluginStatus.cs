using System.Text.Json.Serialization;

namespace AuditHost.Plugins;

/// <summary>What became of a plugin folder. Only <see cref="Loaded"/> serves; any other has a reason.</summary>
internal enum PluginStatus
{
    [JsonStringEnumMemberName("loaded")]
    Loaded,

    /// <summary>Built against an SDK this host cannot serve.</summary>
    [JsonStringEnumMemberName("incompatible")]
    Incompatible,

    /// <summary>Nobody vouches for its files, or they are not those that somebody vouches for. None of its code was run.</summary>
    [JsonStringEnumMemberName("untrusted")]
    Untrusted,

    /// <summary>Not a plugin, or it failed to load.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,
}
