using System.Net;
using System.Text.Json;
using AuditHost.Plugins.Tests.Formats;

namespace AuditHost.Plugins.Tests.Ocsf;

/// <summary>Holds an event to the rules in <c>OcsfSchema.json</c>, and says all that is wrong with it.</summary>
internal sealed class OcsfSchema
{
    private static readonly JsonElement Schema = JsonElement.Parse(string.Concat(SampleEvents.ReadLines("OcsfSchema.json")));
    private static readonly Dictionary<string, OcsfAttribute> Base = Rows(Schema.GetProperty("base"));
    private static readonly Dictionary<long, OcsfType> Classes = Schema.GetProperty("classes").EnumerateObject()
        .ToDictionary(static member => member.Value.GetProperty("uid").GetInt64(), static member => TypeOf(member.Name, member.Value, Base));
    private static readonly Dictionary<string, OcsfType> Objects = Schema.GetProperty("objects").EnumerateObject()
        .ToDictionary(static member => member.Name, static member => TypeOf(member.Name, member.Value, []));

    private readonly List<string> _violations = [];
    private string?[] _profiles = [];

    /// <summary>What is wrong with an event; nothing where it is right.</summary>
    public static IReadOnlyList<string> Check(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var check = new OcsfSchema();
        check.CheckEvent(document.RootElement);
        return check._violations;
    }

    private void CheckEvent(JsonElement root)
    {
        if (!TryGetNumber(root, "class_uid", out long uid) || !Classes.TryGetValue(uid, out OcsfType? type))
        {
            _violations.Add("class_uid is missing or of no class");
            return;
        }

        if (root.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object)
            CheckMetadata(metadata);
        CheckMembers(root, string.Empty, type);
        if (!TryGetNumber(root, "category_uid", out long category) || category != type.Category)
            _violations.Add($"category_uid is not {type.Category}");
        if (root.TryGetProperty("class_name", out JsonElement name) && name.ToString() != type.Name)
            _violations.Add($"class_name is not {type.Name}");
        if (TryGetNumber(root, "activity_id", out long activity) && (!TryGetNumber(root, "type_uid", out long typeUid) || typeUid != (uid * 100) + activity))
            _violations.Add($"type_uid is not {(uid * 100) + activity}");
    }

    private void CheckMetadata(JsonElement metadata)
    {
        if (metadata.TryGetProperty("profiles", out JsonElement profiles) && profiles.ValueKind == JsonValueKind.Array)
            _profiles = [.. profiles.EnumerateArray().Select(static profile => profile.GetString())];
        string version = Schema.GetProperty("version").GetString()!;
        if (metadata.TryGetProperty("version", out JsonElement found) && found.ToString() != version)
            _violations.Add($"metadata.version is not {version}");
    }

    private void CheckMembers(JsonElement element, string path, OcsfType type)
    {
        HashSet<string> names = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = path + member.Name;
            if (!names.Add(member.Name))
                _violations.Add($"{name} stands twice");
            if (!type.Attributes.TryGetValue(member.Name, out OcsfAttribute? attribute))
                _violations.Add($"{name} is no attribute of {type.Name}");
            else if (attribute.Profile is { } profile && !_profiles.Contains(profile))
                _violations.Add($"{name} needs the profile {profile}");
            else
                CheckAttribute(member.Value, name, attribute);
        }

        foreach ((string name, OcsfAttribute attribute) in type.Attributes)
        {
            if (attribute.IsRequired && !names.Contains(name))
                _violations.Add($"{path}{name} is missing");
        }

        if (type.AtLeastOne.Length > 0 && !type.AtLeastOne.Any(names.Contains))
            _violations.Add($"{path}{type.Name} has none of {string.Join(", ", type.AtLeastOne)}");
        CheckOthersAreNamed(element, path, type);
    }

    // 99 says that there is no number for it; what it is instead stands beside it as text.
    private void CheckOthersAreNamed(JsonElement element, string path, OcsfType type)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!member.Name.EndsWith("_id", StringComparison.Ordinal) || !TryGetNumber(element, member.Name, out long number) || number != 99)
                continue;
            string sibling = member.Name == "activity_id" ? "activity_name" : member.Name[..^3];
            if (type.Attributes.ContainsKey(sibling) && !element.TryGetProperty(sibling, out _))
                _violations.Add($"{path}{member.Name} is 99 and {sibling} does not say what that is");
        }
    }

    private void CheckAttribute(JsonElement value, string name, OcsfAttribute attribute)
    {
        if (!attribute.IsArray)
        {
            CheckValue(value, name, attribute);
            return;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            _violations.Add($"{name} is no array with elements");
            return;
        }

        int index = 0;
        foreach (JsonElement element in value.EnumerateArray())
            CheckValue(element, $"{name}[{index++}]", attribute);
    }

    private void CheckValue(JsonElement value, string name, OcsfAttribute attribute)
    {
        if (Objects.TryGetValue(attribute.Type, out OcsfType? type))
        {
            if (value.ValueKind == JsonValueKind.Object)
                CheckMembers(value, name + ".", type);
            else
                _violations.Add($"{name} is no {attribute.Type}");
            return;
        }

        bool fits = attribute.Type switch
        {
            "integer_t" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
            "long_t" or "timestamp_t" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean_t" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "string_t" or "hostname_t" or "username_t" or "file_name_t" or "file_path_t" =>
                value.ValueKind == JsonValueKind.String && (value.GetString()!.Length > 0 || attribute.IsRequired),
            "ip_t" => value.ValueKind == JsonValueKind.String && IPAddress.TryParse(value.GetString(), out _),
            "object" => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any(),
            "json_t" => value.ValueKind != JsonValueKind.Null,
            _ => throw new InvalidOperationException($"OcsfSchema.json has the type {attribute.Type}, which has no check."),
        };
        if (!fits)
            _violations.Add($"{name} is no {attribute.Type}: {value.GetRawText()}");
        else if (attribute.Numbers.Length > 0 && !attribute.Numbers.Contains(value.GetInt64()))
            _violations.Add($"{name} cannot be {value}");
    }

    private static bool TryGetNumber(JsonElement element, string name, out long number)
    {
        number = 0;
        return element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number);
    }

    private static OcsfType TypeOf(string name, JsonElement element, Dictionary<string, OcsfAttribute> inherited)
    {
        var attributes = new Dictionary<string, OcsfAttribute>(inherited);
        foreach ((string row, OcsfAttribute attribute) in Rows(element.GetProperty("attributes")))
            attributes[row] = attribute;
        return new OcsfType(
            name,
            element.TryGetProperty("category", out JsonElement category) ? category.GetInt64() : 0,
            attributes,
            element.TryGetProperty("at_least_one", out JsonElement names) ? names.Deserialize<string[]>()! : []);
    }

    private static Dictionary<string, OcsfAttribute> Rows(JsonElement rows) =>
        rows.EnumerateObject().ToDictionary(static row => row.Name, static row => OcsfAttribute.Parse(row.Value.GetString()!));
}
