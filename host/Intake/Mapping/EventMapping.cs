using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Intake.Mapping;

/// <summary>
/// Makes an event of a foreign one: the members of the common envelope, as far as it says them, and then all of it, byte for byte, under
/// <c>original</c>.
/// </summary>
internal sealed class EventMapping
{
    private const string Profiles = "compliance_profiles";

    private readonly IReadOnlyList<MappedMember> _members;
    private readonly Member[] _compiled;

    public EventMapping(params IReadOnlyList<MappedMember> members)
    {
        _members = members;
        _compiled = [.. members.Select(member => new Member(member))];
    }

    /// <summary>The same with some members mapped otherwise.</summary>
    public EventMapping With(IReadOnlyList<MappedMember> others) => others.Count == 0
        ? this
        : new([.. others, .. _members.Where(member => others.All(other => other.Name != member.Name))]);

    /// <summary>Writes the event.</summary>
    /// <param name="original">A JSON object that was checked.</param>
    /// <param name="output">Where to.</param>
    public void Write(ReadOnlySpan<byte> original, IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        foreach (Member member in _compiled)
            member.Write(original, output);
        output.Write("\"original\":"u8);
        output.Write(original);
        output.Write("}"u8);
    }

    private static byte[] Quote(string text) =>
        [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'];

    /// <summary>A member in the form that is quick to write.</summary>
    private sealed class Member(MappedMember member)
    {
        private readonly byte[] _opening = Encoding.UTF8.GetBytes($"\"{member.Name}\":");
        private readonly byte[]? _default = member.Default is { } text ? Quote(text) : null;
        private readonly string[][] _paths = [.. member.Paths.Select(path => MappingPath.Parse(path) ?? throw new ArgumentException($"'{path}' is no path."))];
        private readonly bool _isList = member.Name == Profiles;
        private readonly bool _mayBeNumber = member.Name is "event_id" or "timestamp";
        private readonly bool _isTime = member.Name == "timestamp";
        private readonly FrozenDictionary<string, byte[]> _values =
            member.Values.ToFrozenDictionary(pair => pair.Key, pair => Quote(pair.Value), StringComparer.OrdinalIgnoreCase);

        public void Write(ReadOnlySpan<byte> original, IBufferWriter<byte> output)
        {
            foreach (string[] path in _paths)
            {
                EventValue value = JsonPath.Find(original, path);
                if (value.Kind is EventValueKind.Array && _isList)
                {
                    WriteJson(value.Raw, output);
                    return;
                }

                if (value.Kind is not (EventValueKind.String or EventValueKind.Number or EventValueKind.Boolean) || value.Raw.IsEmpty)
                    continue;
                WriteScalar(value, output);
                return;
            }

            if (_default is not null)
                WriteJson(_default, output);
        }

        private void WriteScalar(EventValue value, IBufferWriter<byte> output)
        {
            if (_values.Count > 0 && _values.TryGetValue(value.ToString(), out byte[]? meant))
            {
                WriteJson(meant, output);
                return;
            }

            if ((_mayBeNumber && value.Kind == EventValueKind.Number) || (_isTime && IsNumber(value.Raw)))
            {
                WriteJson(value.Raw, output);
                return;
            }

            output.Write(_opening);
            output.Write(_isList ? "[\""u8 : "\""u8);
            output.Write(value.Raw);
            output.Write(_isList ? "\"],"u8 : "\","u8);
        }

        private void WriteJson(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
        {
            output.Write(_opening);
            output.Write(json);
            output.Write(","u8);
        }

        /// <summary>Whether a text is a JSON number of digits alone, as senders put times into strings.</summary>
        private static bool IsNumber(ReadOnlySpan<byte> text)
        {
            int point = text.IndexOf((byte)'.');
            ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
            ReadOnlySpan<byte> fraction = point < 0 ? "0"u8 : text[(point + 1)..];
            return whole is [(byte)'0'] or [>= (byte)'1' and <= (byte)'9', ..] && !fraction.IsEmpty
                && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        }
    }
}
