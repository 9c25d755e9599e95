using System.Text.Json;

namespace AuditHost.Fakes.OpsGenie;

/// <summary>What must hold for the body of a request. The vendor cuts or ignores some of what is too long; here it is refused, so that nothing is lost unseen.</summary>
/// <param name="isSuccessor">Whether Jira Service Management reads it, which finds responders by id alone.</param>
internal sealed class AlertRules(bool isSuccessor)
{
    private static readonly (string Name, int Limit)[] Texts =
        [("message", 130), ("alias", 512), ("description", 15_000), ("entity", 512), ("source", 100), ("user", 100), ("note", 25_000)];

    private static readonly string[] Lists = ["responders", "visibleTo", "actions", "tags", "details", "priority"];

    public IEnumerable<string> FaultsOfAlert(JsonElement body)
    {
        IEnumerable<string> faults = FaultsOfTexts(body, [.. Texts.Select(text => text.Name), .. Lists]);
        if (!body.TryGetProperty("message", out JsonElement message) || string.IsNullOrWhiteSpace(message.ToString()))
            faults = faults.Append("message: Message can not be empty.");
        if (body.TryGetProperty("priority", out JsonElement priority) && priority.ToString() is not ("P1" or "P2" or "P3" or "P4" or "P5"))
            faults = faults.Append("priority: should be one of [ P1, P2, P3, P4, P5 ]");
        faults = faults.Concat(FaultsOfTags(body, "tags", 20)).Concat(FaultsOfTags(body, "actions", 10));
        return faults
            .Concat(FaultsOfResponders(body, "responders", "team", "user", "escalation", "schedule"))
            .Concat(FaultsOfResponders(body, "visibleTo", "team", "user"))
            .Concat(FaultsOfDetails(body));
    }

    public static IEnumerable<string> FaultsOfAction(JsonElement body) => FaultsOfTexts(body, "user", "source", "note");

    private static IEnumerable<string> FaultsOfTexts(JsonElement body, params string[] known)
    {
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                yield return $"{member.Name}: not a field of this request";
            (string name, int limit) = Array.Find(Texts, text => text.Name == member.Name);
            if (name is not null && (member.Value.ValueKind != JsonValueKind.String || member.Value.GetString()!.Length > limit))
                yield return $"{name}: not a text of at most {limit} characters";
        }
    }

    private static IEnumerable<string> FaultsOfTags(JsonElement body, string name, int limit)
    {
        if (!body.TryGetProperty(name, out JsonElement list))
            yield break;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > limit)
            yield return $"{name}: not a list of at most {limit}";
        else if (list.EnumerateArray().Any(tag => tag.ValueKind != JsonValueKind.String || tag.GetString()!.Length is 0 or > 50))
            yield return $"{name}: one is not a text of at most 50 characters";
    }

    private static IEnumerable<string> FaultsOfDetails(JsonElement body)
    {
        if (!body.TryGetProperty("details", out JsonElement details))
            yield break;
        if (details.ValueKind != JsonValueKind.Object || details.EnumerateObject().Any(detail => detail.Value.ValueKind != JsonValueKind.String))
            yield return "details: not an object of texts";
        else if (details.EnumerateObject().Sum(detail => detail.Name.Length + detail.Value.GetString()!.Length) > 8000)
            yield return "details: more than 8000 characters";
    }

    private IEnumerable<string> FaultsOfResponders(JsonElement body, string name, params string[] types)
    {
        if (!body.TryGetProperty(name, out JsonElement list))
            yield break;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > 50)
        {
            yield return $"{name}: not a list of 1 to 50";
            yield break;
        }

        foreach (JsonElement one in list.EnumerateArray())
        {
            string[] members = [.. one.EnumerateObject().Select(member => member.Name)];
            bool isFound = members.Contains("id") || (!isSuccessor && members.Contains(one.GetProperty("type").GetString() == "user" ? "username" : "name"));
            if (!types.Contains(one.GetProperty("type").GetString()) || members.Length != 2 || !isFound)
                yield return $"{name}: one cannot be found";
        }
    }
}
