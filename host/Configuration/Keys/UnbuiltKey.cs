using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>A key that is understood but whose work is not built yet: whatever stands there is a warning.</summary>
internal sealed class UnbuiltKey : Key
{
    public UnbuiltKey(string name, string description)
        : base(name, description) => NotEnforced = true;

    protected override void WriteShape(Utf8JsonWriter writer)
    {
    }
}
