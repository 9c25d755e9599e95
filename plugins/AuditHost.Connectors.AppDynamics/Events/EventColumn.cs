using System.Text;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>A column of the schema.</summary>
/// <param name="name">Its name, of characters that need no escape in JSON.</param>
/// <param name="type">Its type.</param>
/// <param name="read">Where its value is; <see langword="null"/> for a column that is written in a way of its own.</param>
internal sealed class EventColumn(string name, ColumnType type, ReadField? read = null)
{
    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.ASCII.GetBytes(name);

    public ColumnType Type { get; } = type;

    public ReadField? Read { get; } = read;

    /// <summary>The type as a schema spells it.</summary>
    public string TypeName { get; } = type switch
    {
        ColumnType.Integer => "integer",
        ColumnType.Float => "float",
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        _ => "string",
    };
}
