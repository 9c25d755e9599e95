using System.Text.Json.Nodes;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

/// <summary>
/// The sample events with one member at a time missing or of another kind, and with every word that copybook-rs has for a result or a kind:
/// what a format with a schema must still bring into that schema.
/// </summary>
internal static class EventVariants
{
    private static readonly string[] OtherValues = ["null", "17", "-1.5e300", "true", "\"\"", "\"text\"", "{}", "[]", """["a",1,null,{"b":[]},""]"""];

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["parse_result"] = ["Success", "SuccessWithWarnings", "Failed"],
        ["validation_result"] = ["Valid", "ValidWithWarnings", "Invalid", "Compliant", "NonCompliant", "RequiresReview"],
        ["operation"] = ["Decode", "Encode", "Validate", "Convert"],
        ["transformation_result"] = ["Success", "PartialSuccess", "Failed"],
        ["security_event_type"] =
        [
            "UnauthorizedAccess", "AuthenticationFailure", "AuthorizationFailure", "DataBreach", "IntegrityViolation", "ConfigurationTampering", "SuspiciousActivity",
        ],
        ["access_type"] = ["Read", "Write", "Execute", "Delete", "Admin"],
        ["resource_type"] = ["dataset", "file", "database", "table", "api", "program"],
        ["access_result"] = ["Success", "Denied", "Failed"],
        ["change_type"] = ["Create", "Update", "Delete", "Import", "Export"],
        ["severity"] = ["Info", "Low", "Medium", "High", "Critical", "critical", "unheard of"],
    };

    /// <summary>Sample events of which one member was changed; those that a host would refuse are left out.</summary>
    /// <param name="index">Which of the samples.</param>
    public static IEnumerable<(string Change, AuditEvent Event)> Of(int index)
    {
        foreach (string[] path in Paths(JsonNode.Parse(SampleEvents.Lines[index])!.AsObject(), []))
        {
            if (Change(index, path, parent => parent.Remove(path[^1])) is { } without)
                yield return ($"without {string.Join('.', path)}", without);
            IEnumerable<string> values = Words.TryGetValue(path[^1], out string[]? words)
                ? OtherValues.Concat(words.Select(static word => $"\"{word}\""))
                : OtherValues;
            foreach (string value in values)
            {
                if (Change(index, path, parent => parent[path[^1]] = JsonNode.Parse(value)) is { } changed)
                    yield return ($"{string.Join('.', path)} is {value}", changed);
            }
        }
    }

    /// <summary>Accesses of each type to resources of each kind with each result.</summary>
    public static IEnumerable<(string Change, AuditEvent Event)> Accesses() =>
        from access in Words["access_type"]
        from resource in Words["resource_type"]
        from result in Words["access_result"]
        select ($"{access} of {resource}: {result}", Change(8, ["payload", "data", "access_type"], data =>
        {
            data["access_type"] = access;
            data["resource_type"] = resource;
            data["access_result"] = result;
        })!);

    private static AuditEvent? Change(int index, string[] path, Action<JsonObject> change)
    {
        JsonObject root = JsonNode.Parse(SampleEvents.Lines[index])!.AsObject();
        JsonNode parent = root;
        foreach (string name in path[..^1])
            parent = parent[name]!;
        change(parent.AsObject());
        try
        {
            return TestEvent.Parse(root.ToJsonString());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<string[]> Paths(JsonObject parent, string[] before) => parent.SelectMany(member => member.Value is JsonObject child
        ? Paths(child, [.. before, member.Key]).Prepend([.. before, member.Key])
        : [[.. before, member.Key]]);
}
