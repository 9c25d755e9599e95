using System.Text.Encodings.Web;
using System.Text.Json;

namespace AuditHost.Fakes.Slack;

/// <summary>
/// The rules of Block Kit for the blocks of a message ("Blocks" and "Composition objects" of Slack's reference), each with its limits. Types
/// and members that are not listed there are refused, as Slack does.
/// </summary>
internal static class BlockKit
{
    private const int MaxBlocks = 50;
    private const int MaxBlockId = 255;

    /// <summary>Not documented: slackapi/bolt-js, issue 2509. Counted in the longest form there is, since nobody knows how.</summary>
    private const int MaxTotal = 13_200;

    private static readonly JsonSerializerOptions FewEscapes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is wrong with a list of blocks; <see langword="null"/> where nothing is.</summary>
    public static (string Error, string Message)? Fault(JsonElement blocks)
    {
        if (blocks.ValueKind != JsonValueKind.Array || blocks.EnumerateArray().Any(block => block.ValueKind != JsonValueKind.Object))
            return ("invalid_blocks_format", "blocks must be an array of objects");
        if (blocks.GetArrayLength() > MaxBlocks)
            return ("invalid_blocks", $"no more than {MaxBlocks} items allowed [json-pointer:/blocks]");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        int index = 0;
        foreach (JsonElement block in blocks.EnumerateArray())
        {
            if ((FaultOf(block) ?? FaultOfId(block, ids)) is { } fault)
                return ("invalid_blocks", $"{fault} [json-pointer:/blocks/{index}]");
            index++;
        }

        return LongestForm(blocks) > MaxTotal ? ("msg_blocks_too_long", "blocks are too long") : null;
    }

    /// <summary>As JSON of nothing but ASCII, slashes escaped.</summary>
    private static int LongestForm(JsonElement blocks) =>
        JsonSerializer.Serialize(blocks, FewEscapes).Sum(character => character > 0x7F ? 6 : character == '/' ? 2 : 1);

    private static string? FaultOf(JsonElement block) => TypeOf(block) switch
    {
        "header" => Unlisted(block, "text") ?? BlockText.Fault(block, "text", 150, plainOnly: true),
        "section" => Unlisted(block, "text", "fields", "accessory", "expand") ?? FaultOfSection(block),
        "context" => Unlisted(block, "elements") ?? FaultOfList(block, "elements", 10, element => TypeOf(element) == "image" ? null : BlockText.Fault(element, 3000)),
        "divider" => Unlisted(block),
        var other => $"unsupported type: {other}",
    };

    private static string? FaultOfSection(JsonElement block)
    {
        bool hasText = block.TryGetProperty("text", out _);
        bool hasFields = block.TryGetProperty("fields", out _);
        if (!hasText && !hasFields)
            return "missing required field: text or fields";
        return (hasText ? BlockText.Fault(block, "text", 3000) : null)
            ?? (hasFields ? FaultOfList(block, "fields", 10, field => BlockText.Fault(field, 2000)) : null);
    }

    private static string? FaultOfList(JsonElement block, string name, int most, Func<JsonElement, string?> faultOf)
    {
        if (!block.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            return $"missing required field: {name}";
        return list.GetArrayLength() is var count && (count == 0 || count > most)
            ? $"{name} must have 1 to {most} items"
            : list.EnumerateArray().Select(faultOf).FirstOrDefault(fault => fault is not null);
    }

    private static string? FaultOfId(JsonElement block, HashSet<string> ids)
    {
        if (!block.TryGetProperty("block_id", out JsonElement id))
            return null;
        if (id.ValueKind != JsonValueKind.String || id.GetString() is not { Length: > 0 and <= MaxBlockId } text)
            return $"block_id must have 1 to {MaxBlockId} characters";
        return ids.Add(text) ? null : "block_id must be unique";
    }

    private static string? Unlisted(JsonElement block, params string[] listed) => block.EnumerateObject()
        .Where(member => member.Name is not ("type" or "block_id") && !listed.Contains(member.Name))
        .Select(member => $"invalid additional property: {member.Name}").FirstOrDefault();

    private static string TypeOf(JsonElement block) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "none";
}
