using System.Collections;
using System.Text;
using AuditHost.Sdk;
using Scriban.Runtime;

namespace AuditHost.Formatting.Model;

/// <summary>A JSON object of an event. Its members are located once, when the template first asks for one, and decoded when read.</summary>
internal sealed class JsonObject(ReadOnlyMemory<byte> json) : ReadOnlyObject, IJsonValue, IEnumerable<ScriptObject>
{
    /// <summary>Names longer than this are compared as text; none known is.</summary>
    private const int LongestName = 256;

    private List<Member>? _members;

    public ReadOnlyMemory<byte> Json => json;

    public override int Count => Locate().Count;

    public override bool TryGetValue(string member, out object? value)
    {
        int index = IndexOf(member);
        value = index < 0 ? null : JsonValues.From(json[Locate()[index].Value]);
        return index >= 0;
    }

    public override bool Contains(string member) => IndexOf(member) >= 0;

    public override IEnumerable<string> GetMembers() => Locate().Select(NameOf);

    /// <summary>A loop over an object sees a <c>key</c> and a <c>value</c> per member.</summary>
    public IEnumerator<ScriptObject> GetEnumerator()
    {
        foreach (Member member in Locate())
            yield return new ScriptObject(2) { ["key"] = NameOf(member), ["value"] = JsonValues.From(json[member.Value]) };
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        List<Member> members = Locate();
        Span<byte> buffer = stackalloc byte[LongestName];
        bool fits = Encoding.UTF8.TryGetBytes(name, buffer, out int length);
        ReadOnlySpan<byte> wanted = buffer[..length];
        ReadOnlySpan<byte> bytes = json.Span;
        for (int index = 0; index < members.Count; index++)
        {
            var found = new EventValue(EventValueKind.String, bytes[members[index].Name]);
            if (fits ? found.Equals(wanted) : found.ToString() == name)
                return index;
        }

        return -1;
    }

    private List<Member> Locate()
    {
        if (_members is not null)
            return _members;
        var members = new List<Member>();
        var scanner = new JsonScanner(json.Span);
        while (scanner.MoveNext())
            members.Add(new Member(scanner.TakeName(), scanner.TakeValue()));
        return _members = members;
    }

    private string NameOf(Member member) => new EventValue(EventValueKind.String, json.Span[member.Name]).ToString();

    private readonly record struct Member(Range Name, Range Value);
}
