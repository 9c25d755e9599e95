using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>What must stand below <c>data</c> for an event to count as delivered.</summary>
internal sealed class SuccessPath
{
    private readonly string[] _names;
    private readonly string _text;

    private SuccessPath(string[] names, string text)
    {
        _names = names;
        _text = text;
    }

    /// <summary>Every field of <c>data</c>.</summary>
    public static SuccessPath Any { get; } = new([], "data");

    /// <exception cref="SettingsException">It is no path.</exception>
    public static SuccessPath Parse(string? path)
    {
        if (path is null)
            return Any;
        string[] names = path.Split('.');
        if (names.Any(string.IsNullOrWhiteSpace))
            throw new SettingsException("success_field", "Not a path. Name a field of the mutation, or fields with dots between them");
        return new SuccessPath(names, $"data.{path}");
    }

    /// <summary>What the data say of an event.</summary>
    /// <param name="data">The data; missing or null where the answer has none.</param>
    /// <param name="index">Which event; its place in lists.</param>
    /// <param name="count">How many events the lists are of; 0 where a list is a value like others.</param>
    public DeliveryResult Read(JsonElement data, int index, int count)
    {
        if (data.ValueKind != JsonValueKind.Object)
            return Silent("The answer has no data");
        if (_names.Length > 0)
            return Read(data, 0, index, count);
        DeliveryResult result = Silent("The answer's data are empty");
        foreach (JsonProperty field in data.EnumerateObject())
        {
            result = Judge(field.Value, index, count);
            if (!result.IsDelivered)
                break;
        }

        return result;
    }

    private DeliveryResult Read(JsonElement value, int depth, int index, int count)
    {
        if (depth == _names.Length)
            return Judge(value, index, count);
        switch (value.ValueKind)
        {
            case JsonValueKind.Array when count > 0:
                return value.GetArrayLength() == count ? Read(value[index], depth, index, count: 0) : WrongLength(value, count);
            case JsonValueKind.Null:
                return Silent($"{_text} cannot be there, because what it is a field of is null");
            case JsonValueKind.Object when value.TryGetProperty(_names[depth], out JsonElement next):
                return Read(next, depth + 1, index, count);
            default:
                return DeliveryResult.Failed(FailureKind.Misconfigured, $"The answer has no {_text}. Select it in query, or correct success_field");
        }
    }

    private DeliveryResult Judge(JsonElement value, int index, int count) => value.ValueKind switch
    {
        JsonValueKind.Array when count > 0 => value.GetArrayLength() == count ? Judge(value[index], index, count: 0) : WrongLength(value, count),
        JsonValueKind.Null => Silent($"{_text} is null, and the answer does not say why"),
        JsonValueKind.False => DeliveryResult.Failed(FailureKind.Rejected, $"{_text} is false: the server did not take it"),
        _ => DeliveryResult.Acknowledged(IdOf(value)),
    };

    /// <summary>What the server calls it: the value itself, or its <c>id</c>.</summary>
    private static string? IdOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return value.TryGetProperty("id", out JsonElement id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? IdOf(id) : null;
        return value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: > 0 and <= 200 } text ? text : null;
    }

    private DeliveryResult WrongLength(JsonElement list, int count) =>
        Silent($"{_text} leads through a list of {list.GetArrayLength()} for {count} events. Name a field in success_field that is no list, if that is usual");

    private static DeliveryResult Silent(string reason) => DeliveryResult.Failed(FailureKind.Transient, reason);
}
